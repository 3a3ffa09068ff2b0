using System.Text.RegularExpressions;

namespace AcodeOps.Lab.Driver.Packaging.Help;

/// <summary>
/// The words of the help in another language, from a file that translators' tools read. Source: the format of PO files in the manual of GNU gettext; a
/// message and its translation are one line each. A text that is said otherwise from now on has none, which fails the package.
/// </summary>
internal sealed partial class Translation
{
    private readonly string _file;
    private readonly Dictionary<string, string> _texts;
    private readonly HashSet<string> _used = [];

    private Translation(string file, Dictionary<string, string> texts) => (_file, _texts) = (file, texts);

    /// <summary>Reads it.</summary>
    public static Translation Read(string file) => new(file, Message().Matches(File.ReadAllText(file).ReplaceLineEndings("\n"))
        .Where(message => message.Groups["text"].Length > 0)
        .ToDictionary(message => Unescape(message.Groups["text"].Value), message => Unescape(message.Groups["translation"].Value), StringComparer.Ordinal));

    /// <summary>A text in this language; an empty one stays empty.</summary>
    /// <exception cref="DriverException">It has no translation.</exception>
    public string Of(string text)
    {
        _used.Add(text);
        return text.Length == 0 ? "" : _texts.GetValueOrDefault(text) is { Length: > 0 } translated ? translated : throw new DriverException($"{_file} does not translate: {text}");
    }

    /// <summary>Fails where it translates what nobody says any more.</summary>
    public void RefuseUnused()
    {
        if (_texts.Keys.FirstOrDefault(text => !_used.Contains(text)) is { } unused)
        {
            throw new DriverException($"{_file} translates what is not said: {unused}");
        }
    }

    private static string Unescape(string text) => Escape().Replace(text, escape => escape.Value[1] == 'n' ? "\n" : escape.Value[1..]);

    [GeneratedRegex("^msgid \"(?<text>.*)\"\nmsgstr \"(?<translation>.*)\"$", RegexOptions.Multiline)]
    private static partial Regex Message();

    [GeneratedRegex(@"\\.")]
    private static partial Regex Escape();
}
