namespace AcodeOps.Secrets.Scanning.Judging;

/// <summary>How random a value looks.</summary>
internal static class Randomness
{
    private const int LeastLength = 16;

    /// <summary>Bits for each character, by how often each occurs.</summary>
    public static double Entropy(ReadOnlySpan<char> value)
    {
        Span<int> counts = stackalloc int[128];
        foreach (char c in value)
        {
            counts[c & 127]++;
        }

        double bits = 0;
        foreach (int count in counts)
        {
            if (count > 0)
            {
                double share = (double)count / value.Length;
                bits -= share * Math.Log2(share);
            }
        }

        return bits;
    }

    /// <summary>True for a value as a generator makes it: long, of the characters of tokens, letters and digits well mixed.</summary>
    public static bool IsToken(ReadOnlySpan<char> value)
    {
        if (value.Length < LeastLength || Shapes.IsUuid(value) || Shapes.IsPathOrAddress(value))
        {
            return false;
        }

        (int digits, int upper, int lower, int other) = (0, 0, 0, 0);
        foreach (char c in value)
        {
            switch (c)
            {
                case >= '0' and <= '9': digits++; break;
                case >= 'A' and <= 'Z': upper++; break;
                case >= 'a' and <= 'z': lower++; break;
                case '+' or '/' or '=' or '_' or '-' or '.' or '~' or '!' or '@' or '#' or '$' or '%' or '*' or ':': other++; break;
                default: return false;
            }
        }

        int letters = upper + lower;
        if (letters == 0 || other > value.Length / 4 || Shapes.IsSequence(value))
        {
            return false;
        }

        // Words without digits are names; so are words with one number at their end.
        bool isHex = Shapes.IsHex(value);
        return digits >= 2 && Shapes.Runs(value) >= value.Length / 5 && Entropy(value) >= (isHex ? 2.8 : 3.2);
    }

    /// <summary>True for what people make passwords like: letters with digits or signs among them.</summary>
    public static bool IsMixed(ReadOnlySpan<char> value)
    {
        value = value.TrimEnd(".,;:?)");
        (bool digit, bool upper, bool lower, bool sign) = (false, false, false, false);
        foreach (char c in value)
        {
            digit |= char.IsDigit(c);
            upper |= char.IsUpper(c);
            lower |= char.IsLower(c);
            sign |= "!@#$%&*+=?^~".Contains(c, StringComparison.Ordinal);
        }

        return value.Length >= 6 && (upper || lower) && (digit || sign) && !Shapes.IsPathOrAddress(value);
    }
}
