using AcodeOps.Documents;
using YamlDotNet.Core;

namespace AcodeOps.Adapters.Files;

/// <summary>What is wrong with a YAML file, as the product's own exception.</summary>
internal static class YamlFault
{
    public static AcodeException Invalid(this YamlKind kind, string path, Mark? at, string fault) => kind.Invalid(path, (int?)at?.Line, (int?)at?.Column, fault);

    public static AcodeException Invalid(this YamlKind kind, string path, int? line, int? column, string fault)
    {
        FilePosition place = new(path, line, column);
        return new(kind.Id + "Invalid", FailureClass.InvalidInput, $"{place.InWords}: {fault}")
        {
            Advice = kind.AdviceWhereInvalid,
            Subject = place,
        };
    }

    /// <summary>The parser's own words without its way to tell the place. They name characters of YAML, never values.</summary>
    public static string Describe(YamlException e)
    {
        const string endOfPlace = "): ";
        int place = e.Message.StartsWith('(') ? e.Message.LastIndexOf(endOfPlace, StringComparison.Ordinal) : -1;
        string words = place < 0 ? e.Message : e.Message[(place + endOfPlace.Length)..];
        return words.EndsWith('.') ? words : words + ".";
    }

    /// <summary>Where the tab is that the parser stumbled over: it tells the place of what stands before it. Null for other faults.</summary>
    public static (int Line, int Column)? FindTab(YamlException e, string text)
    {
        if (!e.Message.Contains(" tab ", StringComparison.Ordinal))
        {
            return null;
        }

        string[] lines = text.Split('\n');
        for (int line = Math.Max(0, (int)e.Start.Line - 1); line < lines.Length; line++)
        {
            int tab = lines[line].IndexOf('\t', StringComparison.Ordinal);
            if (tab >= 0 && string.IsNullOrWhiteSpace(lines[line][..tab]))
            {
                return (line + 1, tab + 1);
            }
        }

        return null;
    }
}
