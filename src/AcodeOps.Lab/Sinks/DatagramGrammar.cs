using System.Text.RegularExpressions;

namespace AcodeOps.Lab.Sinks;

/// <summary>The published grammar of a DogStatsD metric, to the letter: what an agent would drop, or would read as something else, is a fault.</summary>
internal static partial class DatagramGrammar
{
    private const int LongestTag = 200;

    private static readonly string[] Types = ["c", "g", "h", "d", "ms", "s"];

    /// <summary>What is wrong with a line; null when nothing is.</summary>
    public static string? FaultOf(string line)
    {
        string[] parts = line.Split('|');
        if (parts.Length < 2 || Head().Match(parts[0]) is not { Success: true } head)
        {
            return "no name:value|type";
        }

        if (!Types.Contains(parts[1]))
        {
            return $"type {parts[1]}";
        }

        if (parts[1] != "s" && head.Groups["value"].Value.Split(':').Any(value => !Number().IsMatch(value)))
        {
            return "a value that is no number";
        }

        // The rate before the tags, then the protocol's later additions, each once at most.
        string[] kinds = [.. parts[2..].Select(KindOf)];
        return kinds.Contains("") ? "a part that the protocol does not know"
            : kinds.Distinct().Count() != kinds.Length ? "a part twice"
            : parts[2..].Where(part => part.StartsWith('#')).SelectMany(part => part[1..].Split(',')).Select(TagFault).FirstOrDefault(fault => fault is not null);
    }

    private static string KindOf(string part) => part switch
    {
        ['@', .. var rate] => Number().IsMatch(rate) ? "@" : "",
        ['#', ..] => "#",
        ['c', ':', _, ..] => "c",
        ['e', ':', _, ..] => "e",
        ['T', .. var time] => time.Length > 0 && time.All(char.IsAsciiDigit) ? "T" : "",
        _ => "",
    };

    private static string? TagFault(string tag) => tag.Length == 0 ? "an empty tag"
        : tag.Length > LongestTag ? "a tag of more than 200 characters"
        : !char.IsLetter(tag[0]) ? "a tag that does not begin with a letter"
        : tag.Any(char.IsWhiteSpace) || tag.Any(char.IsControl) ? "a tag with a blank"
        : tag.StartsWith("host:", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("device:", StringComparison.OrdinalIgnoreCase) ? "a tag that overrides where it comes from"
        : null;

    [GeneratedRegex(@"\A[a-zA-Z][a-zA-Z0-9_.]{0,199}:(?<value>[^|]+)\z")]
    private static partial Regex Head();

    [GeneratedRegex(@"\A[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\z")]
    private static partial Regex Number();
}
