namespace AcodeOps.Documents;

/// <summary>Text of a file on its way to a terminal: short, and without control characters.</summary>
internal static class Printable
{
    private const int MostCharacters = 120;

    public static string Of(string text)
    {
        string brief = text.Length <= MostCharacters ? text : string.Concat(text.AsSpan(0, MostCharacters), "…");
        return string.Create(brief.Length, brief, (to, from) =>
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i]) ? '?' : from[i];
            }
        });
    }
}
