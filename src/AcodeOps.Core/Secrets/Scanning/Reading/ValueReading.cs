using System.Buffers;

namespace AcodeOps.Secrets.Scanning.Reading;

/// <summary>Reads the value of an assignment: in quotes to their end, and without them as far as the kind of text lets a value go.</summary>
internal static class ValueReading
{
    private static readonly SearchValues<char> Delimiters = SearchValues.Create(" \t,;&\"'`<>)}]|\\");
    private static readonly SearchValues<char> ShellDelimiters = SearchValues.Create(" \t;&|<>)\"'`");

    /// <summary>The assignment with the place of its value, which begins where its value is said to.</summary>
    public static Assignment Read(in Spot spot, in Assignment assignment)
    {
        int at = assignment.ValueStart;
        if (assignment.Form != AssignmentForm.Element && QuoteAt(spot, at, out bool isInterpolated, out int open, out int width) is { } quote)
        {
            int end = EndOfQuoted(spot, open + width, LineEnd(spot, at), quote, width);
            if (end >= 0)
            {
                return assignment with { ValueStart = open + width, ValueEnd = end, IsQuoted = true, IsInterpolated = isInterpolated };
            }

            at = open + width;
        }

        // A block of YAML: the value is the next line.
        if (spot.Traits.IsNested && at < spot.LineEnd && spot[at] is '|' or '>' && spot.Text[at..spot.LineEnd].Trim().Length <= 3)
        {
            return Block(spot, assignment, spot.LineEnd);
        }

        return assignment with { ValueStart = at, ValueEnd = EndOfPlain(spot, assignment, at) };
    }

    // With what a string may begin: N'…', f"…", $"…", \"…\".
    private static char? QuoteAt(in Spot spot, int at, out bool isInterpolated, out int open, out int width)
    {
        isInterpolated = false;
        for (open = at; open < at + 3; open++)
        {
            char c = spot[open];
            width = c == '\\' && spot[open + 1] is '"' or '\'' ? 2 : 1;
            if (c is '"' or '\'' or '`' || width == 2)
            {
                isInterpolated |= c == '`';
                return width == 2 ? spot[open + 1] : c;
            }

            if (spot.Kind is TextKind.Settings or TextKind.Prose || !"NnuUrRbBfF@$".Contains(c, StringComparison.Ordinal))
            {
                break;
            }

            isInterpolated |= c is 'f' or 'F' or '$';
        }

        (open, width) = (at, 0);
        return null;
    }

    // A value may begin in the line after its name's.
    private static int LineEnd(in Spot spot, int at)
    {
        if (at <= spot.LineEnd)
        {
            return spot.LineEnd;
        }

        ReadOnlySpan<char> rest = spot.Text[at..Math.Min(spot.Text.Length, at + 4096)];
        int end = rest.IndexOf('\n');
        return at + (end < 0 ? rest.Length : end);
    }

    private static int EndOfQuoted(in Spot spot, int at, int lineEnd, char quote, int width)
    {
        for (; at < lineEnd; at++)
        {
            char c = spot[at];
            if (width == 2 && c == '\\' && spot[at + 1] == quote)
            {
                return at;
            }

            if (c == '\\' && width == 1)
            {
                at++;
            }
            else if (c == quote && width == 1)
            {
                if (spot[at + 1] != quote || quote != '\'')
                {
                    return at;
                }

                at++;
            }
        }

        return -1;
    }

    private static int EndOfPlain(in Spot spot, in Assignment assignment, int at)
    {
        int end = at, lineEnd = LineEnd(spot, at);
        if (assignment.Form == AssignmentForm.Element)
        {
            ReadOnlySpan<char> element = spot.Text[at..lineEnd];
            int close = element.IndexOf('<');
            return close < 0 ? at : at + close;
        }

        bool isWholeLine = assignment.IsAtLineStart && assignment.Form is AssignmentForm.Equals or AssignmentForm.Colon
            && (spot.Kind == TextKind.Settings || spot.Traits.Name.EndsWith(".cmd", StringComparison.Ordinal) || spot.Traits.Name.EndsWith(".bat", StringComparison.Ordinal));
        if (isWholeLine)
        {
            ReadOnlySpan<char> line = spot.Text[at..lineEnd];
            int comment = line.IndexOf(" #");
            return at + (comment < 0 ? line : line[..comment]).TrimEnd().Length;
        }

        SearchValues<char> delimiters = spot.Kind == TextKind.Shell || assignment.Form == AssignmentForm.Option ? ShellDelimiters : Delimiters;

        // What begins as a template ends as one.
        char closing = spot[at] is '$' or '{' or '<' ? spot[at] == '<' ? '>' : '}' : '\0';
        if (closing != '\0' && spot.Text[at..lineEnd].IndexOf(closing) is > 0 and < 200 and int template && spot.Text.Slice(at, template).IndexOf(' ') < 0)
        {
            end = at + template + 1;
        }

        int length = spot.Text[end..lineEnd].IndexOfAny(delimiters);
        return length < 0 ? lineEnd : end + length;
    }

    private static Assignment Block(in Spot spot, in Assignment assignment, int at)
    {
        while (at < spot.Text.Length && spot[at] is '\r' or '\n' or ' ' or '\t')
        {
            at++;
        }

        ReadOnlySpan<char> rest = spot.Text[at..Math.Min(spot.Text.Length, at + 4096)];
        int end = rest.IndexOf('\n');
        return assignment with { ValueStart = at, ValueEnd = at + (end < 0 ? rest : rest[..end]).TrimEnd().Length };
    }
}
