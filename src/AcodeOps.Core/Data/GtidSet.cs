using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AcodeOps;

/// <summary>
/// A set of transactions as MySQL writes it: <c>uuid:1-5:7</c>, several separated by commas, since 8.3 with tags
/// (<c>uuid:1-5:mytag:1-3</c>). Immutable.
/// </summary>
public sealed class GtidSet
{
    // By origin ("uuid" or "uuid:tag"): intervals with both ends included, in order, neither touching nor overlapping.
    private readonly SortedDictionary<string, List<(long First, long Last)>> _origins = new(StringComparer.Ordinal);

    private GtidSet()
    {
    }

    /// <summary>The number of transactions.</summary>
    public long Count => _origins.Values.Sum(intervals => intervals.Sum(interval => interval.Last - interval.First + 1));

    /// <summary>True when there is no transaction in it.</summary>
    public bool IsEmpty => _origins.Count == 0;

    /// <summary>Reads the written form; white space between the parts does not matter, and an empty text is the empty set.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out GtidSet? set)
    {
        set = null;
        GtidSet read = new();
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] pieces = part.Split(':', StringSplitOptions.TrimEntries);
            if (pieces.Length < 2 || !Guid.TryParseExact(pieces[0], "D", out Guid server))
            {
                return false;
            }

            string origin = server.ToString("D");
            foreach (string piece in pieces.AsSpan(1))
            {
                if (TryParseInterval(piece, out (long First, long Last) interval))
                {
                    read.Of(origin).Add(interval);
                }
                else if (IsTag(piece))
                {
                    origin = $"{server:D}:{piece.ToLowerInvariant()}";
                }
                else
                {
                    return false;
                }
            }
        }

        foreach (string origin in read._origins.Keys.ToArray())
        {
            read._origins[origin] = Merge(read._origins[origin]);
        }

        set = read;
        return true;
    }

    /// <summary>The transactions that are in this set and not in the other.</summary>
    public GtidSet Subtract(GtidSet other)
    {
        GtidSet rest = new();
        foreach ((string origin, List<(long First, long Last)> intervals) in _origins)
        {
            List<(long First, long Last)> left = other._origins.TryGetValue(origin, out List<(long, long)>? taken) ? Subtract(intervals, taken) : intervals;
            if (left.Count > 0)
            {
                rest._origins[origin] = left;
            }
        }

        return rest;
    }

    /// <summary>True when the other set has every transaction of this one.</summary>
    public bool IsSubsetOf(GtidSet other) => Subtract(other).IsEmpty;

    /// <summary>The written form, in order.</summary>
    public override string ToString() => string.Join(',', _origins.Select(origin => origin.Key + ":" + string.Join(':', origin.Value.Select(interval =>
        interval.First == interval.Last ? Text(interval.First) : $"{Text(interval.First)}-{Text(interval.Last)}"))));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool TryParseInterval(string text, out (long First, long Last) interval)
    {
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        string first = dash < 0 ? text : text[..dash];
        string last = dash < 0 ? text : text[(dash + 1)..];
        interval = default;
        if (!long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out long from)
            || !long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out long to)
            || from < 1 || to < from)
        {
            return false;
        }

        interval = (from, to);
        return true;
    }

    private static bool IsTag(string text) =>
        text.Length is > 0 and <= 32 && (char.IsAsciiLetter(text[0]) || text[0] == '_') && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static List<(long First, long Last)> Merge(List<(long First, long Last)> intervals)
    {
        List<(long First, long Last)> merged = [];
        foreach ((long first, long last) in intervals.Order())
        {
            if (merged.Count > 0 && first <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, last));
            }
            else
            {
                merged.Add((first, last));
            }
        }

        return merged;
    }

    private static List<(long First, long Last)> Subtract(List<(long First, long Last)> from, List<(long First, long Last)> taken)
    {
        List<(long First, long Last)> left = [];
        int next = 0;
        foreach ((long first, long last) in from)
        {
            long start = first;
            while (next < taken.Count && taken[next].Last < start)
            {
                next++;
            }

            // The one that reaches beyond this interval may also cut the following one: it stays.
            for (int i = next; i < taken.Count && taken[i].First <= last; i++)
            {
                if (taken[i].First > start)
                {
                    left.Add((start, taken[i].First - 1));
                }

                start = Math.Max(start, taken[i].Last + 1);
            }

            if (start <= last)
            {
                left.Add((start, last));
            }
        }

        return left;
    }

    private List<(long First, long Last)> Of(string origin)
    {
        if (!_origins.TryGetValue(origin, out List<(long First, long Last)>? intervals))
        {
            _origins[origin] = intervals = [];
        }

        return intervals;
    }
}
