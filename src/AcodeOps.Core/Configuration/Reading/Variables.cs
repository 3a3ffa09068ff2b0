using System.Text.RegularExpressions;
using AcodeOps.Documents;

namespace AcodeOps.Configuration.Reading;

/// <summary>
/// Puts variables of the process in, as octavia's loader does: only into plain scalars that hold a <c>${NAME}</c>, keys too;
/// the result is text, never read again as YAML; in such a scalar <c>$NAME</c> counts as well. Other than there, one that is
/// not set is an error, and the macros that Airbyte itself fills in are left to it.
/// </summary>
/// <param name="read">A variable's value; null when it is not set.</param>
/// <param name="findings">What is wrong.</param>
internal sealed partial class Variables(Func<string, string?> read, FindingList findings)
{
    // Of the S3 destination's path and file names, and of namespace formats.
    private static readonly HashSet<string> Macros =
    [
        "NAMESPACE", "STREAM_NAME", "SOURCE_NAMESPACE", "YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "EPOCH", "UUID",
    ];

    /// <summary>The node with its variables put in.</summary>
    public DocumentNode PutInto(DocumentNode node, string path) => node switch
    {
        ScalarNode scalar => PutInto(scalar, path),
        SequenceNode sequence => sequence with { Items = [.. sequence.Items.Select((item, i) => PutInto(item, DocumentPath.Of(path, i)))] },
        MappingNode mapping => mapping with
        {
            Entries = [.. mapping.Entries.Select(entry => (PutInto(entry.Key, path), PutInto(entry.Value, DocumentPath.Of(path, entry.Key.Value))))],
        },
        _ => node,
    };

    /// <summary>True for text that names variables and nothing else: no literal.</summary>
    public static bool IsReference(ScalarNode scalar) => scalar.IsPlain && AreAll(scalar.Value);

    /// <summary>True for text of variables only, such as <c>${A}${B}</c>, wherever it stands.</summary>
    public static bool AreAll(string text) => OnlyVariable().IsMatch(text);

    private ScalarNode PutInto(ScalarNode scalar, string path)
    {
        if (!scalar.IsPlain || !HasVariable().IsMatch(scalar.Value))
        {
            return scalar;
        }

        string value = Variable().Replace(scalar.Value, match => Value(scalar, path, match));
        return scalar with { Value = value, IsPlain = false, Written = scalar.Value };
    }

    private string Value(ScalarNode scalar, string path, Match match)
    {
        string name = match.Groups["braced"] is { Success: true } braced ? braced.Value : match.Groups["bare"].Value;
        string? value = read(name);
        if (Macros.Contains(name))
        {
            if (value is not null)
            {
                findings.Add(scalar, path, new("MacroVariable", $"${{{name}}} is left to Airbyte, although a variable of this name is set.", FindingSeverity.Warning)
                {
                    Remedy = $"Put the text in quotes, so that every tool leaves it alone, or unset the variable {name}.",
                });
            }

            return match.Value;
        }

        if (value is null && match.Groups["braced"].Success)
        {
            findings.Add(scalar, path, new("UndefinedVariable", $"The variable {Printable.Of(name)} is not set.")
            {
                Remedy = $"Set {Printable.Of(name)} before the command, or put the text in quotes where no variable is meant.",
            });
        }

        return value ?? match.Value;
    }

    [GeneratedRegex(@"\$\{[^}^{]+\}")]
    private static partial Regex HasVariable();

    [GeneratedRegex(@"\A(\$\{[^}^{]+\})+\z")]
    private static partial Regex OnlyVariable();

    [GeneratedRegex(@"\$(?:\{(?<braced>[^}]*)\}|(?<bare>[A-Za-z0-9_]+))")]
    private static partial Regex Variable();
}
