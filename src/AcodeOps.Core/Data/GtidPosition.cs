using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AcodeOps;

/// <summary>
/// A position as MariaDB writes it: the last transaction of each replication domain, <c>0-1-100,1-3-7</c>
/// (domain, server, sequence number). Immutable.
/// </summary>
public sealed class GtidPosition
{
    private readonly SortedDictionary<uint, (uint Server, ulong Sequence)> _domains = [];

    private GtidPosition()
    {
    }

    /// <summary>Reads the written form; an empty text is the position before everything.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out GtidPosition? position)
    {
        position = null;
        GtidPosition read = new();
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] pieces = part.Split('-');
            if (pieces.Length != 3
                || !uint.TryParse(pieces[0], NumberStyles.None, CultureInfo.InvariantCulture, out uint domain)
                || !uint.TryParse(pieces[1], NumberStyles.None, CultureInfo.InvariantCulture, out uint server)
                || !ulong.TryParse(pieces[2], NumberStyles.None, CultureInfo.InvariantCulture, out ulong sequence))
            {
                return false;
            }

            if (!read._domains.TryGetValue(domain, out (uint Server, ulong Sequence) known) || known.Sequence < sequence)
            {
                read._domains[domain] = (server, sequence);
            }
        }

        position = read;
        return true;
    }

    /// <summary>
    /// How many transactions lie between the other position and this one. Sequence numbers may have holes, so that it is
    /// an upper bound; 0 is exact.
    /// </summary>
    public long CountSince(GtidPosition other)
    {
        decimal count = 0;
        foreach ((uint domain, (uint _, ulong sequence)) in _domains)
        {
            ulong reached = other._domains.TryGetValue(domain, out (uint Server, ulong Sequence) known) ? known.Sequence : 0;
            count += sequence > reached ? sequence - reached : 0;
        }

        return (long)Math.Min(count, long.MaxValue);
    }

    /// <summary>The written form, by domain.</summary>
    public override string ToString() => string.Join(',', _domains.Select(d =>
        string.Create(CultureInfo.InvariantCulture, $"{d.Key}-{d.Value.Server}-{d.Value.Sequence}")));
}
