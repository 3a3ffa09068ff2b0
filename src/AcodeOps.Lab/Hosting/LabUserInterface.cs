using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace AcodeOps.Lab.Hosting;

/// <summary>What scripts show and ask: text to two writers, as plain text or with colours; answers from one source of lines.</summary>
public sealed class LabUserInterface(TextWriter output, TextWriter error) : PSHostUserInterface
{
    /// <summary>Where answers come from, one line a call; null makes the host non-interactive: every prompt throws.</summary>
    public Func<string?>? ReadAnswer { get; init; }

    /// <summary>As <see cref="ReadAnswer"/>, for what must not be echoed.</summary>
    public Func<string?>? ReadSecret { get; init; }

    /// <summary>What to do with a progress record; null drops it.</summary>
    public Action<ProgressRecord>? ShowProgress { get; init; }

    /// <summary>Whether escape sequences are passed on; without it text is plain.</summary>
    public bool Colours { get; init; }

    public int Width { get; init; } = 120;

    public override PSHostRawUserInterface RawUI => field ??= new LabRawUserInterface(Width);
    public override bool SupportsVirtualTerminal => Colours;

    public override void Write(string value) => output.Write(GetOutputString(value, Colours));
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);
    public override void WriteLine(string value) => output.WriteLine(GetOutputString(value, Colours));
    public override void WriteErrorLine(string value) => error.WriteLine(GetOutputString(value, Colours));
    public override void WriteDebugLine(string message) => WriteLine("DEBUG: " + message);
    public override void WriteVerboseLine(string message) => WriteLine("VERBOSE: " + message);
    public override void WriteWarningLine(string message) => WriteLine("WARNING: " + message);
    public override void WriteProgress(long sourceId, ProgressRecord record) => ShowProgress?.Invoke(record);

    public override string ReadLine() => Answer(ReadAnswer);

    public override SecureString ReadLineAsSecureString() => Secure(Answer(ReadSecret ?? ReadAnswer));

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        ArgumentNullException.ThrowIfNull(descriptions);
        Announce(caption, message);
        Dictionary<string, PSObject> answers = [];
        foreach (FieldDescription field in descriptions)
        {
            answers[field.Name] = PSObject.AsPSObject(field.ParameterTypeName switch
            {
                nameof(SecureString) => Secret(field.Name),
                nameof(PSCredential) => PromptForCredential("", "", "", ""),
                string type when type.EndsWith("[]", StringComparison.Ordinal) => Several(field.Name),
                _ => Line(field.Name),
            });
        }

        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        ArgumentNullException.ThrowIfNull(choices);
        Announce(caption, message);
        List<Choice> offered = [.. choices.Select(Choice.Of)];
        string menu = string.Join("  ", offered.Select(c => $"[{c.Key}] {c.Label}"))
            + (defaultChoice >= 0 ? $"  (default is \"{offered[defaultChoice].Key}\")" : "");
        while (true)
        {
            string answer = Line(menu).Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            int chosen = offered.FindIndex(c => c.IsMeantBy(answer));
            if (chosen >= 0)
            {
                return chosen;
            }
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName)
    {
        Announce(caption, message);
        string user = string.IsNullOrEmpty(userName) ? Line("User") : userName;
        return new PSCredential(user, Secret($"Password for user {user}"));
    }

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        PromptForCredential(caption, message, userName, targetName);

    private void Announce(params string[] lines)
    {
        if (ReadAnswer is null)
        {
            throw NotInteractive();
        }

        foreach (string line in lines.Where(l => !string.IsNullOrEmpty(l)))
        {
            WriteLine(line);
        }
    }

    private string Line(string label)
    {
        Write(label + ": ");
        return Answer(ReadAnswer);
    }

    private SecureString Secret(string label)
    {
        Write(label + ": ");
        return ReadLineAsSecureString();
    }

    private string[] Several(string label)
    {
        List<string> lines = [];
        while (Line($"{label}[{lines.Count}]") is { Length: > 0 } line)
        {
            lines.Add(line);
        }

        return [.. lines];
    }

    private static string Answer(Func<string?>? source) =>
        (source ?? throw NotInteractive())() ?? throw new PSInvalidOperationException("The input ended before the question was answered.");

    private static PSInvalidOperationException NotInteractive() =>
        new("PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.");

    private static SecureString Secure(string text)
    {
        SecureString secret = new();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        secret.MakeReadOnly();
        return secret;
    }

    private sealed record Choice(string Key, string Label)
    {
        public static Choice Of(ChoiceDescription description)
        {
            int mark = description.Label.IndexOf('&', StringComparison.Ordinal);
            string label = description.Label.Replace("&", "", StringComparison.Ordinal);
            return new Choice(mark >= 0 && mark < label.Length ? label[mark..(mark + 1)].ToUpperInvariant() : label, label);
        }

        public bool IsMeantBy(string answer) =>
            answer.Equals(Key, StringComparison.OrdinalIgnoreCase) || answer.Equals(Label, StringComparison.OrdinalIgnoreCase);
    }
}
