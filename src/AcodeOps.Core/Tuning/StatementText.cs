using System.Text;
using AcodeOps.Documents;

namespace AcodeOps.Tuning;

/// <summary>
/// A statement without its literals. The servers already put a question mark in place of each; this is the second wall, for what a
/// server of another make or version may leave: strings, numbers, and comments but for hints and the marks of a shortened list.
/// </summary>
internal static class StatementText
{
    /// <summary>The text with a question mark in place of each literal, on one line, and nothing that steers a terminal.</summary>
    public static string WithoutLiterals(string text)
    {
        StringBuilder shown = new(text.Length);
        for (int i = 0; i < text.Length;)
        {
            i = text[i] switch
            {
                '`' => Copy(text, i, EndOfQuoted(text, i), shown),
                '\'' or '"' => Replace(shown, EndOfQuoted(text, i)),
                '/' when IsAt(text, i, "/* , ... */") => Copy(text, i, i + "/* , ... */".Length, shown),
                // A hint is shown and its own literals are not.
                '/' when IsAt(text, i, "/*+") => Copy(text, i, i + 3, shown),
                '/' when IsAt(text, i, "/*") => text.IndexOf("*/", i + 2, StringComparison.Ordinal) is >= 0 and var end ? end + 2 : text.Length,
                '#' => EndOfLine(text, i),
                '-' when IsAt(text, i, "--") => EndOfLine(text, i),
                _ when char.IsAsciiDigit(text[i]) => Replace(shown, EndOfWord(text, i)),
                _ when IsOfWord(text[i]) => Copy(text, i, EndOfWord(text, i), shown),
                _ => Copy(text, i, i + 1, shown),
            };
        }

        return Legible.OnOneLine(shown.ToString().ReplaceLineEndings(" ").Replace('\t', ' ')).Trim();
    }

    private static int Replace(StringBuilder shown, int end)
    {
        shown.Append('?');
        return end;
    }

    private static int Copy(string text, int from, int to, StringBuilder shown)
    {
        shown.Append(text, from, to - from);
        return to;
    }

    // A quote is doubled or escaped within; one that is not closed reaches to the end.
    private static int EndOfQuoted(string text, int from)
    {
        char quote = text[from];
        for (int i = from + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && quote != '`')
            {
                i++;
            }
            else if (text[i] == quote)
            {
                if (i + 1 < text.Length && text[i + 1] == quote)
                {
                    i++;
                }
                else
                {
                    return i + 1;
                }
            }
        }

        return text.Length;
    }

    private static int EndOfWord(string text, int from)
    {
        int end = from;
        // The point and the sign of an exponent belong to a number: 1.5e-10.
        while (end < text.Length && (IsOfWord(text[end]) || (char.IsAsciiDigit(text[from]) && (text[end] == '.' || (text[end] is '+' or '-' && text[end - 1] is 'e' or 'E' && !IsAt(text, from, "0x"))))))
        {
            end++;
        }

        return end;
    }

    private static int EndOfLine(string text, int from) => text.IndexOf('\n', from) is >= 0 and var end ? end : text.Length;

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';

    private static bool IsAt(string text, int at, string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;
}
