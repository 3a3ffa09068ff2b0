using System.Buffers;

namespace AcodeOps.Documents;

/// <summary>Text that others wrote, whole, but without the characters that steer a terminal: all control characters but tab and line ends.</summary>
internal static class Legible
{
    private const char Instead = '\uFFFD';
    private static readonly SearchValues<char> Steering = SearchValues.Create(
        Enumerable.Range(0, 0xA0).Where(code => (code is < 0x20 or >= 0x7F) && code is not '\t' and not '\n' and not '\r').Select(code => (char)code).ToArray());

    /// <summary>The text; where there is nothing to replace, the very same.</summary>
    public static string Of(string text) => text.AsSpan().IndexOfAny(Steering) < 0 ? text : string.Create(text.Length, text, (to, from) =>
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = Steering.Contains(from[i]) ? Instead : from[i];
        }
    });
}
