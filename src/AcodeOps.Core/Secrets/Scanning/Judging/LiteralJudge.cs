using System.Buffers;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Judging;

/// <summary>Tells whether what is given to a name of a secret is a literal one.</summary>
internal static class LiteralJudge
{
    private const int ShortestPassword = 4;
    private const int ShortestToken = 8;
    private const int ShortestKey = 20;
    private const int ShortestHexKey = 32;
    private const int LongestPassword = 200;

    private static readonly SearchValues<char> OfCode = SearchValues.Create("=(){}<>");

    /// <summary>Where the literal is; null where there is none.</summary>
    public static (int Start, int Length)? Find(in Spot spot, in Assignment assignment, NameStrength strength)
    {
        ReadOnlySpan<char> value = spot.Text[assignment.ValueStart..assignment.ValueEnd];
        Range fallback = Placeholders.Default(value);
        bool isFallback = !fallback.Equals(default);
        int shift = isFallback ? fallback.Start.Value : 0;
        value = isFallback ? value[fallback] : value;
        ReadOnlySpan<char> name = spot.Text[assignment.NameStart..assignment.NameEnd];
        return value.Length == 0 || !MayBeLiteral(spot, assignment, value) || Placeholders.IsOne(value) || RepeatsName(name, value) || !Suits(spot, assignment, strength, value)
            ? null
            : (assignment.ValueStart + shift, value.Length);
    }

    // Without quotes, a program names things and calls them.
    private static bool MayBeLiteral(in Spot spot, in Assignment assignment, ReadOnlySpan<char> value)
    {
        if (assignment.IsQuoted)
        {
            return !assignment.IsInterpolated || value.IndexOfAny('{', '$') < 0;
        }

        if (value[0] is '{' or '[' or '(' or '|' or '>' or ',' or '\\' || value.StartsWith("!", StringComparison.Ordinal) && value.Length < 3)
        {
            return false;
        }

        return assignment.Form switch
        {
            AssignmentForm.Option => spot.Kind != TextKind.Code && value[0] is not ('-' or '$' or '[' or '<') && !IsCapitals(value),
            AssignmentForm.Call => false,
            AssignmentForm.Element => true,
            _ => spot.Kind switch
            {
                TextKind.Code => assignment.IsInText && assignment.Form == AssignmentForm.Equals && assignment.IsTight && !IsCode(value),
                TextKind.Shell => assignment.IsTight && assignment.Form == AssignmentForm.Equals && value[0] is not ('$' or '(') && !IsCode(value),
                TextKind.Settings => !IsCode(value),
                _ => (assignment.IsTight || assignment.Form == AssignmentForm.Colon) && !IsCode(value),
            },
        };
    }

    private static bool Suits(in Spot spot, in Assignment assignment, NameStrength strength, ReadOnlySpan<char> value) => strength switch
    {
        NameStrength.Password => value.Length is >= ShortestPassword and <= LongestPassword && !IsSentence(value) && !IsEncrypted(value) && !IsAbsolute(value)
            && ((spot.Kind != TextKind.Prose && assignment.Form != AssignmentForm.Call) || Randomness.IsMixed(value)),
        NameStrength.Token => value.Length >= ShortestToken && value.IndexOf(' ') < 0 && !IsEncrypted(value)
            && (Randomness.IsToken(value) || (IsSecret(spot, assignment) && Shapes.IsUuid(value)) || (IsSecret(spot, assignment) && Randomness.IsMixed(value) && !IsDashedName(value))),
        _ => value.Length >= (Shapes.IsHex(value) ? ShortestHexKey : ShortestKey) && Randomness.IsToken(value),
    };

    // Client secrets may be UUIDs, and people make up secrets as they make up passwords.
    private static bool IsSecret(in Spot spot, in Assignment assignment) =>
        spot.Text[assignment.NameStart..assignment.NameEnd].Contains("secret", StringComparison.OrdinalIgnoreCase);

    // A name of Kubernetes or of a path: small letters and dashes.
    private static bool IsDashedName(ReadOnlySpan<char> value)
    {
        foreach (char c in value)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '.' or '/' or '_'))
            {
                return false;
            }
        }

        return value.IndexOfAny("-./_") >= 0;
    }

    private static bool IsSentence(ReadOnlySpan<char> value)
    {
        int spaces = value.Count(' ');
        return spaces > 0 && (spaces > 3 || !Randomness.IsMixed(value) || HasLabel(value) || value.IndexOfAny(OfCode) >= 0);
    }

    private static bool HasLabel(ReadOnlySpan<char> value) =>
        value.Contains("password", StringComparison.OrdinalIgnoreCase) || value.Contains("senha", StringComparison.OrdinalIgnoreCase)
        || value.Contains("token", StringComparison.OrdinalIgnoreCase) || value.Contains("secret", StringComparison.OrdinalIgnoreCase);

    private static bool IsAbsolute(ReadOnlySpan<char> value) => Shapes.IsPathOrAddress(value) && value.Length > 5;

    // What Kubernetes' sealed secrets keep.
    private static bool IsEncrypted(ReadOnlySpan<char> value) => value.Length > 150 && (value.StartsWith("AgA", StringComparison.Ordinal) || value.StartsWith("AgB", StringComparison.Ordinal) || value.StartsWith("AQICAH", StringComparison.Ordinal));

    private static bool RepeatsName(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        value.Equals(name, StringComparison.OrdinalIgnoreCase)
        || (value.Length > name.Length && value.StartsWith(name, StringComparison.OrdinalIgnoreCase) && value[name.Length] is '_' or '-' or '.' or ':')
        || (name.Length > value.Length && name.EndsWith(value, StringComparison.OrdinalIgnoreCase) && value.Length > 5 && value.IndexOfAnyInRange('0', '9') < 0);

    private static bool IsCode(ReadOnlySpan<char> value) =>
        value.IndexOf('(') > 0 || value.IndexOf("->") >= 0 || value.IndexOf("::") > 0 || value.StartsWith("os.", StringComparison.Ordinal) || value.StartsWith("process.", StringComparison.Ordinal)
        || value.StartsWith("self.", StringComparison.Ordinal) || value.StartsWith("this.", StringComparison.Ordinal) || value.StartsWith("config.", StringComparison.Ordinal)
        || value.StartsWith("config[", StringComparison.Ordinal) || value.StartsWith("var.", StringComparison.Ordinal);

    private static bool IsCapitals(ReadOnlySpan<char> value)
    {
        foreach (char c in value)
        {
            if (!char.IsAsciiLetterUpper(c) && c is not ('_' or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
