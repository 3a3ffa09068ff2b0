namespace AcodeOps;

/// <summary>The order in which S3 lists keys: that of their UTF-8 bytes, which is not that of .NET's characters.</summary>
internal static class KeyOrder
{
    /// <summary>Less than, equal to or greater than zero, as the first key comes before, is, or comes after the second.</summary>
    public static int Compare(string first, string second)
    {
        int length = Math.Min(first.Length, second.Length);
        for (int i = 0; i < length; i++)
        {
            if (first[i] != second[i])
            {
                return Rank(first[i]) - Rank(second[i]);
            }
        }

        return first.Length - second.Length;
    }

    // Characters beyond the basic plane are written as two surrogates, and their bytes come after those of all others.
    private static int Rank(char c) => c < 0xD800 ? c : c >= 0xE000 ? c - 0x800 : c + 0x2000;
}
