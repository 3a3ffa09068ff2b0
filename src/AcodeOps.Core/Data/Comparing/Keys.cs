using System.Globalization;

namespace AcodeOps.Comparing;

/// <summary>Keys from one to another, both included.</summary>
internal readonly record struct Keys(long From, long To)
{
    /// <summary>As sources are asked for it.</summary>
    public KeyRange Range => new(From == long.MinValue ? null : Text(From), Text(To));

    /// <summary>From the first key of both to the last one; null where neither has any.</summary>
    public static Keys? Union(Keys? one, Keys? other) =>
        one is { } some && other is { } more ? new Keys(Math.Min(some.From, more.From), Math.Max(some.To, more.To)) : one ?? other;

    /// <summary>A key as text.</summary>
    public static string Text(long key) => key.ToString(CultureInfo.InvariantCulture);

    /// <summary>A key's text as a number.</summary>
    /// <exception cref="AcodeException"><c>KeyNotComparable</c>: it is none of 64 bits.</exception>
    public static long Number(string key) => TryNumber(key) ?? throw new AcodeException(
        "KeyNotComparable", FailureClass.InvalidInput, "The key has values beyond 64 bits with a sign: its table cannot be compared.")
    {
        IsFatal = false,
    };

    /// <summary>The same; null where it is none.</summary>
    public static long? TryNumber(string key) => long.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;
}
