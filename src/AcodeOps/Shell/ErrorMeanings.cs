using System.Collections.Concurrent;
using System.Globalization;

namespace AcodeOps.Shell;

/// <summary>
/// What each error means and what to do next, in the shell's language: the lines of <c>about_AcodeErrors</c> of that language. The messages
/// themselves, with what happened to what, are English everywhere: records, journals and searches have one language.
/// </summary>
internal static class ErrorMeanings
{
    private const string OwnLanguage = "en";
    private const string Entry = "    - ";
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> Read = new(StringComparer.Ordinal);

    /// <summary>The meaning of an error by its id; null where the shell's language is that of the messages, or has no translation.</summary>
    public static string? Of(string id, CultureInfo language) =>
        language.TwoLetterISOLanguageName == OwnLanguage ? null : Read.GetOrAdd(language.TwoLetterISOLanguageName, ReadTopic).GetValueOrDefault(id);

    private static Dictionary<string, string> ReadTopic(string language)
    {
        try
        {
            string module = Path.GetDirectoryName(typeof(ErrorMeanings).Assembly.Location)!;
            return Directory.EnumerateDirectories(module, language + "-*").Select(folder => Path.Combine(folder, "about_AcodeErrors.help.txt")).Where(File.Exists).SelectMany(File.ReadLines)
                .Where(line => line.StartsWith(Entry, StringComparison.Ordinal)).Select(line => line[Entry.Length..].Split(": ", 2)).Where(parts => parts is [_, { Length: > 0 }])
                .ToDictionary(parts => parts[0], parts => char.ToUpperInvariant(parts[1][0]) + parts[1][1..], StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An error is told in English rather than hidden behind another.
            return [];
        }
    }
}
