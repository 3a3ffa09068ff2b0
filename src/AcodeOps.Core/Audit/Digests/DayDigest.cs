namespace AcodeOps.Audit;

/// <summary>Gathers what a digest anchors of a day, without what earlier digests have anchored of it already.</summary>
/// <param name="day">The day.</param>
/// <param name="before">What earlier digests saw of it.</param>
internal sealed class DayDigest(DateOnly day, IReadOnlyList<DigestedDay> before)
{
    private readonly Dictionary<string, List<AuditRecord>> _sessions = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _damaged = new(StringComparer.Ordinal);
    private readonly ILookup<string, DigestedLinks> _known = (
        from seen in before
        from chain in seen.Chains
        from link in chain.Links
        select (chain.SessionId, link)).ToLookup(anchor => anchor.SessionId, anchor => anchor.link);

    private int _unchained;

    /// <summary>Takes a file in.</summary>
    /// <exception cref="AcodeException"><c>AuditRecordUnreadable</c>: what cannot be read cannot be anchored, and is not damaged for that.</exception>
    public void Add(Examination examined)
    {
        if (examined.Fault is { Kind: AuditFaultKind.Unreadable } unreadable)
        {
            throw new AcodeException("AuditRecordUnreadable", FailureClass.Permission, $"{unreadable.Location}: {unreadable.Message}") { Subject = unreadable.Location };
        }

        if (examined.Fault is not null || examined.Record is not { } record)
        {
            _damaged.Add(examined.File.Name);
        }
        else if (record.Sequence is not { } sequence)
        {
            _unchained++;
        }
        else if (record.SessionId is { } session && !_known[session].Any(link => sequence >= link.First && sequence <= link.Last))
        {
            // What a chain needs of a record is little: its details must not stay in memory.
            (_sessions.TryGetValue(session, out List<AuditRecord>? records) ? records : _sessions[session] = [])
                .Add(record with { Details = new Dictionary<string, object?>(), Subject = null, Reason = null, Outcome = null });
        }
    }

    /// <summary>What is to be anchored.</summary>
    public DigestedDay Result() => new(
        day,
        [.. _sessions.OrderBy(session => session.Key, StringComparer.Ordinal).Select(session => new DigestedChain(session.Key, LinksOf(session.Value)))],
        Math.Max(0, _unchained - before.Sum(seen => seen.Unchained)),
        [.. _damaged.Except(before.SelectMany(seen => seen.Damaged))]);

    private static List<DigestedLinks> LinksOf(List<AuditRecord> records)
    {
        List<DigestedLinks> links = [];
        foreach (AuditRecord record in records.OrderBy(record => record.Sequence))
        {
            long sequence = record.Sequence!.Value;
            if (links.Count > 0 && links[^1].Last == sequence - 1 && links[^1].Hash == record.PreviousHash)
            {
                links[^1] = links[^1] with { Last = sequence, Hash = record.Hash! };
            }
            else
            {
                links.Add(new(sequence, sequence, record.Hash!));
            }
        }

        return links;
    }
}
