using System.Globalization;

namespace AcodeOps.Syncs;

/// <summary>The order of cursor values, where their text tells it as the database does.</summary>
public static class CursorOrder
{
    /// <summary>
    /// Less than zero when <paramref name="a"/> comes first, zero when both are the same, more than zero when
    /// <paramref name="b"/> comes first; null when it cannot be told: the order of other texts is the column's collation's.
    /// </summary>
    public static int? Compare(string a, string b)
    {
        if (CursorTime.Parse(a) is { } timeA && CursorTime.Parse(b) is { } timeB)
        {
            return timeA.At.CompareTo(timeB.At);
        }

        if (Number(a) is { } numberA && Number(b) is { } numberB)
        {
            return numberA.CompareTo(numberB);
        }

        return a == b ? 0 : null;
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) ? number : null;
}
