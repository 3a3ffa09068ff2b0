namespace AcodeOps;

/// <summary>Reads the instant that a ULID was made at out of its text.</summary>
public static class UlidTime
{
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 26;
    private const int TimeLength = 10;

    /// <summary>The instant, UTC, to the millisecond; null when the text is no ULID.</summary>
    public static DateTimeOffset? TryRead(string ulid)
    {
        // The first digit has three bits: 26 digits would hold 130, and a ULID has 128.
        if (ulid.Length != Length || ulid[0] > '7')
        {
            return null;
        }

        long milliseconds = 0;
        for (int i = 0; i < Length; i++)
        {
            int digit = Digits.IndexOf(ulid[i], StringComparison.Ordinal);
            if (digit < 0)
            {
                return null;
            }

            milliseconds = i < TimeLength ? (milliseconds << 5) | (uint)digit : milliseconds;
        }

        return milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }
}
