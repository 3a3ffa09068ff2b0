using AcodeOps.Documents;

namespace AcodeOps.Environments.Sections;

/// <summary>Names that people give to channels and sinks.</summary>
internal static class SectionNames
{
    private const int Longest = 64;

    public static bool IsName(string text) => text.Length is > 0 and <= Longest && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    public static Complaint Complain(string what) => new("InvalidValue", $"{what} must have a name of letters, digits, '-' and '_', at most {Longest}.");
}
