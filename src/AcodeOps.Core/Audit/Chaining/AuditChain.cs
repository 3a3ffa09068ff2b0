namespace AcodeOps.Audit;

/// <summary>
/// The chain of a session's records in one trail. Each record has its number and the hash of the one before, so that none can be
/// changed, taken out or put in unseen. Safe for concurrent use.
/// </summary>
public sealed class AuditChain
{
    private readonly object _gate = new();
    private readonly SortedSet<long> _unrecorded = [];
    private long _sequence;
    private string? _head;

    /// <summary>Adds a record: its place in the chain is made while no other is.</summary>
    /// <param name="make">Makes the record.</param>
    /// <returns>The record with its place and its hash.</returns>
    public AuditRecord Append(Func<AuditRecord> make)
    {
        lock (_gate)
        {
            AuditRecord record = AuditSerializer.Seal(make() with
            {
                Sequence = _sequence + 1,
                PreviousHash = _head,
                Unrecorded = SequenceRange.Of(_unrecorded),
            });
            (_sequence, _head) = (record.Sequence!.Value, record.Hash);
            return record;
        }
    }

    /// <summary>The record is on a disk or in the storage: what it tells of lost ones needs not be told again.</summary>
    public void Kept(AuditRecord record)
    {
        lock (_gate)
        {
            foreach (SequenceRange range in record.Unrecorded)
            {
                _unrecorded.RemoveWhere(range.Contains);
            }
        }
    }

    /// <summary>
    /// Neither disk nor storage is known to have taken the record, and its command was told so. The next record says that it may
    /// be missing: a gap that nobody else can explain afterwards.
    /// </summary>
    public void NotKept(AuditRecord record)
    {
        lock (_gate)
        {
            _unrecorded.Add(record.Sequence!.Value);
        }
    }
}
