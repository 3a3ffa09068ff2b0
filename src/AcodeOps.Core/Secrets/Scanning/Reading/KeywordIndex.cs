namespace AcodeOps.Secrets.Scanning.Reading;

/// <summary>
/// Finds many keywords in one pass, whatever their case: most characters cost one look into a table of the first three of
/// each keyword. That is what makes the scan fast: most of a text never meets a rule.
/// </summary>
internal sealed class KeywordIndex
{
    private const int Bits = 5;
    private const int Mask = (1 << (3 * Bits)) - 1;
    private const int Others = 31;
    private static readonly byte[] Classes = MakeClasses();
    private readonly Entry[]?[] _starts = new Entry[]?[Mask + 1];
    private readonly bool[] _isStart = new bool[Mask + 1];

    /// <param name="keywords">The keywords, and who wants to know of each.</param>
    public KeywordIndex(IEnumerable<(string Keyword, SecretRule Rule)> keywords)
    {
        foreach (IGrouping<int, (string Keyword, SecretRule Rule)> start in keywords.GroupBy(pair => CodeOf(pair.Keyword)))
        {
            _isStart[start.Key] = true;
            _starts[start.Key] = [.. start.GroupBy(pair => pair.Keyword, StringComparer.OrdinalIgnoreCase).Select(same => new Entry(same.Key, [.. same.Select(pair => pair.Rule).Distinct()]))];
        }
    }

    /// <summary>Looks at every place from one to another, at which a keyword begins.</summary>
    public void Scan(ReadOnlySpan<char> text, int from, int to, TextTraits traits, MatchList matches)
    {
        int last = Math.Min(to, text.Length - 2);
        if (from >= last)
        {
            return;
        }

        byte[] classes = Classes;
        bool[] isStart = _isStart;
        int code = (ClassOf(classes, text[from]) << Bits) | ClassOf(classes, text[from + 1]);
        for (int at = from; at < last && !matches.IsFull; at++)
        {
            code = ((code << Bits) | ClassOf(classes, text[at + 2])) & Mask;
            if (isStart[code])
            {
                foreach (Entry entry in _starts[code]!)
                {
                    if (text[at..].StartsWith(entry.Keyword, StringComparison.OrdinalIgnoreCase))
                    {
                        Spot spot = new(text, at, entry.Keyword.Length, traits);
                        foreach (SecretRule rule in entry.Rules)
                        {
                            rule.Look(spot, matches);
                        }
                    }
                }
            }
        }
    }

    private static int ClassOf(byte[] classes, char c) => c < 128 ? classes[c] : 0;

    private static int CodeOf(string keyword) => keyword.Length < 3
        ? throw new ArgumentException($"The keyword '{keyword}' is shorter than three characters.", nameof(keyword))
        : (ClassOf(Classes, keyword[0]) << (2 * Bits)) | (ClassOf(Classes, keyword[1]) << Bits) | ClassOf(Classes, keyword[2]);

    private static byte[] MakeClasses()
    {
        byte[] classes = new byte[128];
        for (int c = 33; c < 127; c++)
        {
            classes[c] = (byte)(char.IsAsciiLetter((char)c) ? (c | 0x20) - 'a' + 1 : char.IsAsciiDigit((char)c) ? 27 : (char)c switch { '_' => 28, ':' => 29, '/' => 30, _ => Others });
        }

        return classes;
    }

    private sealed record Entry(string Keyword, SecretRule[] Rules);
}
