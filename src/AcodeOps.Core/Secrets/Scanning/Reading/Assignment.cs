namespace AcodeOps.Secrets.Scanning.Reading;

/// <summary>How a value is given to a name.</summary>
internal enum AssignmentForm
{
    /// <summary><c>name = value</c>, <c>name := value</c>, <c>name =&gt; value</c>.</summary>
    Equals,

    /// <summary><c>name: value</c>.</summary>
    Colon,

    /// <summary><c>--name value</c>.</summary>
    Option,

    /// <summary><c>&lt;name&gt;value&lt;/name&gt;</c>.</summary>
    Element,

    /// <summary><c>define('name', 'value')</c>.</summary>
    Call,
}

/// <summary>A name and the value that is given to it, in any of the ways in which people write that.</summary>
/// <param name="NameStart">Where the name begins.</param>
/// <param name="NameEnd">Where it ends.</param>
/// <param name="ValueStart">Where the value begins, without its quotes.</param>
/// <param name="ValueEnd">Where it ends.</param>
internal readonly record struct Assignment(int NameStart, int NameEnd, int ValueStart, int ValueEnd)
{
    private const int LongestName = 80;
    private const int WidestGap = 40;

    /// <summary>How it is written.</summary>
    public AssignmentForm Form { get; init; }

    /// <summary>True for a value in quotes.</summary>
    public bool IsQuoted { get; init; }

    /// <summary>True where the quotes let variables in: <c>f"{x}"</c>.</summary>
    public bool IsInterpolated { get; init; }

    /// <summary>True where nothing but a sign of a comment, of a list or of an export stands before the name.</summary>
    public bool IsAtLineStart { get; init; }

    /// <summary>True where the name is within a string or a comment of a program.</summary>
    public bool IsInText { get; init; }

    /// <summary>True for <c>name=value</c> without a space.</summary>
    public bool IsTight { get; init; }

    /// <summary>Reads the assignment to the name that the keyword is a part of.</summary>
    public static bool TryRead(in Spot spot, out Assignment assignment)
    {
        assignment = default;
        (int start, int end) = NameAround(spot);
        int at = end;
        char quote = start > 0 && spot[start - 1] is '"' or '\'' or '`' ? spot[start - 1] : '\0';
        at = AfterQuote(spot, at, ref quote, out bool isEscaped);
        int before = at;
        at = SkipSpace(spot, at);
        if (FindOperator(spot, start, quote, before, ref at) is not { } form)
        {
            return false;
        }

        bool isTight = spot[at] is not (' ' or '\t') && before + 2 >= at;
        at = SkipSpace(spot, at);
        if (spot.Traits.IsNested && form == AssignmentForm.Colon && at >= spot.LineEnd)
        {
            at = NextLine(spot, at);
        }

        (bool isAtLineStart, bool isInText) = PlaceOf(spot, quote == '\0' ? start : start - (isEscaped ? 2 : 1));
        assignment = new Assignment(start, end, at, at) { Form = form, IsAtLineStart = isAtLineStart, IsInText = isInText, IsTight = isTight };
        assignment = ValueReading.Read(spot, assignment);
        return assignment.ValueEnd > assignment.ValueStart;
    }

    /// <summary>The whole name that a place is within.</summary>
    public static (int Start, int End) NameAround(in Spot spot)
    {
        int start = spot.At, end = spot.At + spot.Length;
        while (start > spot.LineStart && spot.At - start < LongestName && IsOfName(spot[start - 1]))
        {
            start--;
        }

        while (end < spot.LineEnd && end - spot.At < LongestName && IsOfName(spot[end]))
        {
            end++;
        }

        while (start < end && spot[start] is '-' or '.')
        {
            start++;
        }

        while (end > start && spot[end - 1] is '-' or '.')
        {
            end--;
        }

        return (start, end);
    }

    /// <summary>Where the next character that is no space is.</summary>
    public static int SkipSpace(in Spot spot, int at)
    {
        int end = Math.Min(spot.LineEnd, at + WidestGap);
        while (at < end && spot[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }

    private static bool IsOfName(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.';

    // Both quotes, or none: a quote after a name without one ends a string that the name is the end of.
    private static int AfterQuote(in Spot spot, int at, ref char quote, out bool isEscaped)
    {
        isEscaped = quote != '\0' && spot[at] == '\\' && spot[at + 1] == quote;
        if (quote != '\0' && (isEscaped || spot[at] == quote))
        {
            at += isEscaped ? 2 : 1;
            return spot[at] == ']' ? at + 1 : at;
        }

        quote = '\0';
        return at;
    }

    private static AssignmentForm? FindOperator(in Spot spot, int start, char quote, int before, ref int at)
    {
        switch (spot[at])
        {
            case '=' when spot[at + 1] is not ('=' or '~'):
                at += spot[at + 1] == '>' ? 2 : 1;
                return AssignmentForm.Equals;
            case ':' when spot[at + 1] == '=':
                at += 2;
                return AssignmentForm.Equals;
            case ':' when spot[at + 1] != ':':
                at++;
                return AfterType(spot, ref at) ? AssignmentForm.Equals : AssignmentForm.Colon;
            case '>' when quote == '\0' && start > 0 && spot[start - 1] == '<' && at == before:
                at++;
                return AssignmentForm.Element;
            case ',' when quote != '\0' && Before(spot, start - 1) == '(':
                at++;
                return AssignmentForm.Call;
            // Visual Basic's: Dim password As String = "x".
            case 'A' or 'a' when spot.Text[at..spot.LineEnd].StartsWith("As String = ", StringComparison.OrdinalIgnoreCase):
                at += "As String = ".Length;
                return AssignmentForm.Equals;
            default:
                return start > spot.LineStart && spot[start - 1] == '-' && at > before ? AssignmentForm.Option : null;
        }
    }

    // A type between the name and the value: password: str = "x".
    private static bool AfterType(in Spot spot, ref int at)
    {
        if (spot.Kind != TextKind.Code)
        {
            return false;
        }

        int type = SkipSpace(spot, at), end = type;
        while (end < spot.LineEnd && (char.IsLetterOrDigit(spot[end]) || spot[end] is '_' or '.' or '?' or '<' or '>' or '[' or ']' or '|' or '&'))
        {
            end++;
        }

        int equals = SkipSpace(spot, end);
        if (end == type || spot[equals] != '=' || spot[equals + 1] is '=' or '>')
        {
            return false;
        }

        at = equals + 1;
        return true;
    }

    private static char Before(in Spot spot, int at)
    {
        while (at > spot.LineStart && spot[at - 1] == ' ')
        {
            at--;
        }

        return at > spot.LineStart ? spot[at - 1] : '\n';
    }

    private static int NextLine(in Spot spot, int at)
    {
        int next = at;
        while (next - at < 200 && spot[next] is ' ' or '\t' or '\r' or '\n' && next < spot.Text.Length)
        {
            next++;
        }

        return spot[next] is '"' or '\'' && !spot.Traits.Name.EndsWith("yaml", StringComparison.Ordinal) && !spot.Traits.Name.EndsWith("yml", StringComparison.Ordinal) ? next : at;
    }

    private static (bool IsAtLineStart, bool IsInText) PlaceOf(in Spot spot, int nameStart)
    {
        ReadOnlySpan<char> before = spot.Text[spot.LineStart..Math.Max(spot.LineStart, nameStart)];
        ReadOnlySpan<char> marks = before.Trim().TrimStart("#;/-*+!\"'| ");
        bool isAtLineStart = marks.IsEmpty || marks is "export" or "set" or "set -x" or "setx" or "ENV" or "ARG" or "env" or "declare -x" or "local" or "readonly" or "Environment=" or "Environment=\"";
        bool isInText = (before.Count('"') - before.Count("\\\"")) % 2 == 1 || before.Count('\'') % 2 == 1 || before.Count('`') % 2 == 1
            || before.TrimStart().StartsWith("//", StringComparison.Ordinal) || before.TrimStart() is ['#' or '*' or ';', ..];
        return (isAtLineStart, isInText);
    }
}
