using System.Management.Automation.Runspaces;

namespace AcodeOps.Lab.Hosting;

/// <summary>Reads the words after a script's name as <c>pwsh -File</c> does: names, values, <c>-Switch:$false</c>.</summary>
internal static class ScriptArguments
{
    public static IEnumerable<CommandParameter> Parse(IReadOnlyList<string> words)
    {
        foreach (string word in words)
        {
            int colon = word.IndexOf(':', StringComparison.Ordinal);
            bool named = word.Length > 1 && word[0] == '-' && (char.IsLetter(word[1]) || word[1] == '_');
            yield return (named, colon > 0) switch
            {
                (true, true) => new CommandParameter(word[1..colon], Value(word[(colon + 1)..])),
                // The dash makes it a bare name: the engine's binder decides whether the next word is its value.
                (true, false) => new CommandParameter(word),
                _ => new CommandParameter(null, word),
            };
        }
    }

    private static object Value(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };
}
