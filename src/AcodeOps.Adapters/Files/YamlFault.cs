using AcodeOps.Environments;
using YamlDotNet.Core;

namespace AcodeOps.Adapters.Files;

/// <summary>What is wrong with a YAML file, as the product's own exception.</summary>
internal static class YamlFault
{
    public static AcodeException Invalid(string path, Mark? at, string fault) => Invalid(path, (int?)at?.Line, (int?)at?.Column, fault);

    public static AcodeException Invalid(string path, int? line, int? column, string fault)
    {
        string place = line is null ? path : $"{path}, line {line}, column {column}";
        return new("EnvironmentFileInvalid", FailureClass.InvalidInput, $"{place}: {fault}")
        {
            Advice = "Correct the file, or write a new one with New-AcodeEnvironment and compare.",
            Subject = new FilePosition(path, line, column),
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
}
