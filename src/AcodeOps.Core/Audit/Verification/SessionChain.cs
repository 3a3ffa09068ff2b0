using System.Buffers.Binary;

namespace AcodeOps.Audit;

/// <summary>
/// What was seen of a session's chain, in whatever order: for each record its hash and the one that it names as the one before, half
/// of each, which no two records share by design or by chance. Some fifty bytes a record.
/// </summary>
internal sealed class SessionChain(string sessionId)
{
    private readonly List<Link> _links = [];
    private readonly List<SequenceRange> _unrecorded = [];

    /// <summary>The session.</summary>
    public string SessionId { get; } = sessionId;

    /// <summary>Who wrote, for people.</summary>
    public string? Writer { get; private set; }

    private readonly record struct Link(long Sequence, UInt128 Hash, UInt128 Previous, int Day);

    /// <summary>Takes a record in.</summary>
    public void Add(AuditRecord record)
    {
        _links.Add(new(record.Sequence!.Value, Half(record.Hash), Half(record.PreviousHash), DateOnly.FromDateTime(record.At.UtcDateTime).DayNumber));
        _unrecorded.AddRange(record.Unrecorded);
        Writer ??= $"{record.User} on {record.Host}";
    }

    /// <summary>Judges the whole chain.</summary>
    /// <param name="anchors">What digests know of it, in the order of its numbers.</param>
    /// <param name="isWhole">True when it was read from its begin.</param>
    /// <param name="anchoredTo">The last day that has its digest; null for none.</param>
    public IEnumerable<AuditFault> Judge(IReadOnlyList<DigestedLinks> anchors, bool isWhole, DateOnly? anchoredTo)
    {
        _links.Sort((one, other) => one.Sequence.CompareTo(other.Sequence));
        long next = isWhole ? 1 : Math.Min(_links.Count > 0 ? _links[0].Sequence : long.MaxValue, anchors.Count > 0 ? anchors[0].First : long.MaxValue);
        Link before = default;
        SequenceRange? notAnchored = null;
        int anchor = 0;
        foreach (Link link in _links)
        {
            long sequence = link.Sequence;
            if (before.Sequence == sequence)
            {
                yield return before == link
                    ? Fault(AuditFaultKind.Duplicated, new(sequence, sequence), $"Record {sequence} lies there under two names.")
                    : Fault(AuditFaultKind.Forked, new(sequence, sequence), $"Two different records claim to be record {sequence} of the session.");
                continue;
            }

            foreach (AuditFault fault in Gap(next, sequence - 1))
            {
                yield return fault;
            }

            bool follows = sequence == next && before.Sequence == sequence - 1 && sequence > 1;
            if ((follows && link.Previous != before.Hash) || (sequence == 1 && link.Previous != 0))
            {
                yield return Fault(AuditFaultKind.Altered, new(sequence - 1, sequence), $"Record {sequence} follows another record {sequence - 1} than the one that is there: one of the two was exchanged.");
            }

            while (anchor < anchors.Count && anchors[anchor].Last < sequence)
            {
                anchor++;
            }

            bool isAnchored = anchor < anchors.Count && anchors[anchor].First <= sequence;
            if (isAnchored && anchors[anchor].Last == sequence && Half(anchors[anchor].Hash) != link.Hash)
            {
                yield return Fault(AuditFaultKind.Altered, new(sequence, sequence), $"The digest knows another record {sequence} than the one that is there.");
            }

            if (!isAnchored && link.Day <= anchoredTo?.DayNumber)
            {
                notAnchored = new(notAnchored?.First ?? sequence, sequence);
            }

            (before, next) = (link, sequence + 1);
        }

        foreach (AuditFault fault in anchors.Count > 0 ? Gap(next, anchors[^1].Last) : [])
        {
            yield return fault;
        }

        if (notAnchored is { } late)
        {
            yield return Fault(AuditFaultKind.NotAnchored, late, $"Records {late} are of days that have their digests, and no digest anchors them: they came late, or were put there. The next Sync-AcodeAudit anchors them as late.");
        }
    }

    // What the writer itself told to be lost is no secret loss.
    private IEnumerable<AuditFault> Gap(long first, long last)
    {
        foreach (SequenceRange told in _unrecorded.Where(range => range.Last >= first && range.First <= last).OrderBy(range => range.First))
        {
            if (told.First > first)
            {
                yield return Missing(new(first, told.First - 1));
            }

            first = Math.Max(first, told.Last + 1);
        }

        if (first <= last)
        {
            yield return Missing(new(first, last));
        }
    }

    private AuditFault Missing(SequenceRange range) => Fault(
        AuditFaultKind.Missing, range,
        $"{(range.First == range.Last ? "Record" : "Records")} {range} of the session{(Writer is null ? "" : $" of {Writer}")} {(range.First == range.Last ? "is" : "are")} missing. What waits on that machine, as the storage could not be reached, is brought by Sync-AcodeAudit there.");

    private AuditFault Fault(AuditFaultKind kind, SequenceRange range, string message) =>
        new(kind, message) { SessionId = SessionId, Sequence = range };

    // A hash that is none is that of no record.
    private static UInt128 Half(string? hash)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromHexString(hash is null ? "" : hash[(hash.IndexOf(':') + 1)..]);
        }
        catch (FormatException)
        {
            bytes = [];
        }

        return bytes.Length >= 16 ? new UInt128(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(8))) : hash is null ? 0 : UInt128.MaxValue;
    }
}
