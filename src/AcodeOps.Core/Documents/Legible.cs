using System.Buffers;

namespace AcodeOps.Documents;

/// <summary>Text that others wrote, whole, but without the characters that steer a terminal: control characters.</summary>
public static class Legible
{
    private const char Instead = '\uFFFD';
    private static readonly SearchValues<char> Control = SearchValues.Create(Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(char.IsControl).ToArray());
    private static readonly SearchValues<char> Steering = SearchValues.Create(
        Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(c => char.IsControl(c) && c is not '\t' and not '\n' and not '\r').ToArray());

    /// <summary>The text with its lines and tabs; where there is nothing to replace, the very same.</summary>
    public static string Of(string text) => Without(Steering, text);

    /// <summary>The text on one line: a name, a path, a key.</summary>
    public static string OnOneLine(string text) => Without(Control, text);

    private static string Without(SearchValues<char> unwanted, string text) => text.AsSpan().IndexOfAny(unwanted) < 0 ? text : string.Create(text.Length, text, (to, from) =>
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = unwanted.Contains(from[i]) ? Instead : from[i];
        }
    });
}
