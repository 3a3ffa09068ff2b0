namespace AcodeOps.Secrets.Scanning.Judging;

/// <summary>Forms of values that are no secrets by themselves.</summary>
internal static class Shapes
{
    private static readonly string[] PathStarts = ["/", "./", "../", "~/", "\\\\", "file:", "classpath:", "http:", "https:", "s3:", "arn:", "urn:", "data:", "sha256:", "sha1-", "sha256-", "sha384-", "sha512-"];
    private static readonly string[] FileEnds = [".pem", ".key", ".json", ".txt", ".yaml", ".yml", ".crt", ".p12", ".jks", ".pub", ".parquet", ".html", ".md", ".cs", ".js", ".py", ".xml", ".com", ".tgz", ".gz"];
    private static readonly string[] HashStarts = ["$1$", "$2a$", "$2b$", "$2x$", "$2y$", "$5$", "$6$", "$y$", "$apr1$", "$argon2", "$pbkdf2", "$scrypt", "{SHA", "{SSHA", "{bcrypt}", "{MD5}", "{CRYPT}", "pbkdf2_", "bcrypt", "scrypt:", "$ANSIBLE_VAULT"];

    /// <summary>True for <c>01234567-89ab-cdef-0123-456789abcdef</c>.</summary>
    public static bool IsUuid(ReadOnlySpan<char> value) => value.Length == 36 && value[8] == '-' && Guid.TryParseExact(value, "D", out _);

    /// <summary>True where every character is a hexadecimal digit.</summary>
    public static bool IsHex(ReadOnlySpan<char> value)
    {
        foreach (char c in value)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        return value.Length > 0;
    }

    /// <summary>True for a password that is kept as its hash: nobody can log in with it.</summary>
    public static bool IsPasswordHash(ReadOnlySpan<char> value)
    {
        foreach (string start in HashStarts)
        {
            if (value.StartsWith(start, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return value.Length == 41 && value[0] == '*' && IsHex(value[1..]);
    }

    /// <summary>True for paths, file names and addresses.</summary>
    public static bool IsPathOrAddress(ReadOnlySpan<char> value)
    {
        foreach (string start in PathStarts)
        {
            if (value.StartsWith(start, StringComparison.OrdinalIgnoreCase) && (start != "/" || value.LastIndexOf('/') > 0 || value.Length < 12))
            {
                return true;
            }
        }

        foreach (string end in FileEnds)
        {
            if (value.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        // C:\keys, and words between slashes.
        return (value.Length > 2 && value[1] == ':' && value[2] == '\\') || (value.Count('/') >= 2 && Words(value) * 4 >= value.Length / 2);
    }

    /// <summary>True for alphabets and other rows: <c>ABCDEFGH…</c>, <c>0123456789</c>.</summary>
    public static bool IsSequence(ReadOnlySpan<char> value)
    {
        int steps = 0;
        for (int i = 1; i < value.Length; i++)
        {
            steps += value[i] - value[i - 1] is 0 or 1 or -1 ? 1 : 0;
        }

        return steps * 2 > value.Length;
    }

    /// <summary>How often digits, capitals, small letters and signs take turns.</summary>
    public static int Runs(ReadOnlySpan<char> value)
    {
        int runs = 0, before = -1;
        foreach (char c in value)
        {
            int now = char.IsAsciiDigit(c) ? 0 : char.IsAsciiLetterUpper(c) ? 1 : char.IsAsciiLetterLower(c) ? 2 : 3;
            runs += now != before ? 1 : 0;
            before = now;
        }

        return runs;
    }

    // Pieces of four small letters and more.
    private static int Words(ReadOnlySpan<char> value)
    {
        int words = 0, length = 0;
        foreach (char c in value)
        {
            length = char.IsAsciiLetterLower(c) ? length + 1 : 0;
            words += length == 4 ? 1 : 0;
        }

        return words;
    }
}
