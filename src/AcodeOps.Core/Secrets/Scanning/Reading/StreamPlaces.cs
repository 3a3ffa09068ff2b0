using AcodeOps.Secrets.Scanning.Suppressing;

namespace AcodeOps.Secrets.Scanning.Reading;

/// <summary>Collects matches piece by piece, and counts lines and columns over the pieces.</summary>
internal sealed class StreamPlaces
{
    private const int MostContext = 200;
    private readonly MatchList _matches = new();
    private readonly List<PlacedMatch> _placed = [];
    private readonly HashSet<(int Line, int Column)> _places = [];
    private int _lines = 1;
    private int _columns = 1;

    /// <summary>How many there are.</summary>
    public int Count => _placed.Count;

    /// <summary>The first of them.</summary>
    public IReadOnlyList<PlacedMatch> Take(int most) => _placed.Count <= most ? _placed : _placed[..most];

    /// <summary>Looks at what stands between two places of a text.</summary>
    public void Find(ReadOnlySpan<char> text, int from, int to, TextTraits traits)
    {
        _matches.Clear();
        TextScan.Find(text, from, to, traits, _matches);
        IReadOnlyList<SecretMatch> found = _matches.InOrder;
        (int counted, int line, int lineStart) = (0, _lines, 1 - _columns);
        foreach (SecretMatch match in found)
        {
            ReadOnlySpan<char> passed = text[counted..match.Start];
            int ends = passed.Count('\n');
            (line, counted, lineStart) = (line + ends, match.Start, ends > 0 ? counted + passed.LastIndexOf('\n') + 1 : lineStart);

            // A Secret's manifest is looked at as a whole, maybe once in this piece and once in the next.
            if (_places.Add((line, match.Start - lineStart + 1)))
            {
                _placed.Add(new PlacedMatch(match, line, match.Start - lineStart + 1, ContextOf(text, match, found), InlineSuppression.Find(text, match.Start, match.End), string.GetHashCode(text[match.Start..match.End])));
            }
        }
    }

    /// <summary>Counts what is let go of.</summary>
    public void Forget(ReadOnlySpan<char> gone)
    {
        int ends = gone.Count('\n');
        _columns = ends > 0 ? gone.Length - gone.LastIndexOf('\n') : _columns + gone.Length;
        _lines += ends;
    }

    // What a finding is known by again: not by its secret, whose hash would tell a short one, but by what stands around it.
    private static string ContextOf(ReadOnlySpan<char> text, SecretMatch match, IReadOnlyList<SecretMatch> all)
    {
        int from = Math.Max(0, match.Start - MostContext), to = Math.Min(text.Length, match.End + MostContext);
        from += text[from..match.Start].LastIndexOf('\n') + 1;
        int end = text[match.End..to].IndexOf('\n');
        to = end < 0 ? to : match.End + end;
        SecretMatch[] near = [.. all.Where(other => other.Start < to && other.End > from)];
        Span<char> context = new char[to - from];
        int length = 0;
        for (int at = from; at < to; at++)
        {
            SecretMatch? inside = null;
            foreach (SecretMatch other in near)
            {
                inside = at >= other.Start && at < other.End ? other : inside;
            }

            if (inside is null && !char.IsWhiteSpace(text[at]) && !char.IsAsciiDigit(text[at]))
            {
                context[length++] = text[at];
            }
        }

        return context[..length].ToString();
    }
}
