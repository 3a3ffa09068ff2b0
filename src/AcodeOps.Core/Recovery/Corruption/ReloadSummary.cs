namespace AcodeOps.Recovery.Corruption;

/// <summary>What was loaded anew of the corrupted stream, as the journal keeps it.</summary>
internal sealed record ReloadSummary
{
    public int Objects { get; init; }

    public long Rows { get; init; }

    public long? RowsLost { get; init; }

    public DateTimeOffset ProvenAt { get; init; }
}
