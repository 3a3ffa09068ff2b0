namespace AcodeOps;

/// <summary>What the verification of an audit trail came to.</summary>
public sealed record AuditVerification
{
    /// <summary>
    /// Healthy: everything that was written is there as it was written. Degraded: nothing contradicts itself, but something is unfinished or
    /// not anchored. Failed: records or digests are missing or altered. Unknown: there was nothing, or something could not be read.
    /// </summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What was verified: the storage, or the folder.</summary>
    public required string Trail { get; init; }

    /// <summary>The first day, UTC; null for the trail's begin.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, UTC; null for the trail's end.</summary>
    public DateOnly? To { get; init; }

    /// <summary>How many records were read.</summary>
    public long Records { get; init; }

    /// <summary>How many sessions wrote them.</summary>
    public int Sessions { get; init; }

    /// <summary>How many of the records are of earlier versions, or of the guide's script, and in no chain.</summary>
    public long UnchainedRecords { get; init; }

    /// <summary>How many of the records still wait on this machine.</summary>
    public long WaitingRecords { get; init; }

    /// <summary>How many digests were read.</summary>
    public int Digests { get; init; }

    /// <summary>How many of the digests bear a valid signature of the given key.</summary>
    public int SignedDigests { get; init; }

    /// <summary>How many records were anchored later than with their own day's digest: they had waited on a machine, or were put there.</summary>
    public long LateRecords { get; init; }

    /// <summary>The newest digest's day; what is younger is anchored by none yet.</summary>
    public DateOnly? AnchoredTo { get; init; }

    /// <summary>The newest digest's hash: kept outside the trail, it is a witness to all before it.</summary>
    public string? Head { get; init; }

    /// <summary>How many faults there are.</summary>
    public long FaultCount { get; init; }

    /// <summary>The faults, the worst first; the first thousand of them.</summary>
    public required IReadOnlyList<AuditFault> Faults { get; init => field = value.ToArray(); }

    /// <summary>The faults in few words: <c>2 Missing, 1 Altered</c>.</summary>
    public string FaultSummary => FaultCount == 0 ? "" : string.Join(", ", Faults.GroupBy(fault => fault.Kind).Select(kind => $"{kind.Count()} {kind.Key}")) + (FaultCount > Faults.Count ? ", …" : "");

    /// <summary>When it was verified, UTC.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Trail}: {Verdict}, {Records} records, {FaultCount} faults";
}
