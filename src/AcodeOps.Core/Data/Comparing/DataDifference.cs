using System.Globalization;

namespace AcodeOps;

/// <summary>How the rows of a table differ between a source and the lake, or between the two sources, if they do.</summary>
public sealed record DataDifference
{
    /// <summary>The environment.</summary>
    public required string Environment { get; init; }

    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>Where the rows come from: <c>Primary source 10.0.0.7:3306</c>.</summary>
    public required string From { get; init; }

    /// <summary>Where they should have come to: <c>s3://lake/…</c>, or the other source.</summary>
    public required string To { get; init; }

    /// <summary>
    /// Healthy: every row that is due is there once, and nothing else. Degraded: rows are there more than once. Failed: rows are missing, beyond those
    /// of the source, or changed. Unknown: it could not be told; see <see cref="ErrorId"/> and the evidence.
    /// </summary>
    public required Verdict Verdict { get; init; }

    /// <summary>True where values were compared too, and not only which rows are there.</summary>
    public bool IncludesValues { get; init; }

    /// <summary>False where more rows differ than are read one by one: the others are in <see cref="RowsUndecided"/>, but for those that are certainly too many.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>The rows of the source.</summary>
    public long RowsFrom { get; init; }

    /// <summary>The rows of the other side, each of them counted as often as it is there.</summary>
    public long RowsTo { get; init; }

    /// <summary>Rows that were written or changed too late to be there yet: no differences.</summary>
    public long RowsInFlight { get; init; }

    /// <summary>Rows that are missing or different, and may be in flight: they do not tell when they came, or were too many to be read.</summary>
    public long RowsUndecided { get; init; }

    /// <summary>Older versions of rows that an incremental stream has appended again, and a sync's last rows, which the next one reads once more: no differences.</summary>
    public long RowsSuperseded { get; init; }

    /// <summary>Rows that are missing.</summary>
    public long Missing { get; init; }

    /// <summary>Rows that the source does not have.</summary>
    public long Extra { get; init; }

    /// <summary>How often rows are there beyond once.</summary>
    public long Duplicated { get; init; }

    /// <summary>Rows with other values.</summary>
    public long Changed { get; init; }

    /// <summary>The event dates of the rows that differ, the first ones.</summary>
    public IReadOnlyList<DateOnly> Days { get; init => field = value.ToArray(); } = [];

    /// <summary>The rows that differ, by key; the first 1,000.</summary>
    public IReadOnlyList<RowDifference> Rows { get; init => field = value.ToArray(); } = [];

    /// <summary>Objects of the lake that could not be read: their rows count as missing.</summary>
    public IReadOnlyList<string> Unreadable { get; init => field = value.ToArray(); } = [];

    /// <summary>The size of the lake's objects that were compared; null between sources.</summary>
    public long? LakeBytes { get; init; }

    /// <summary>What was read of them.</summary>
    public long? LakeBytesRead { get; init; }

    /// <summary>How it was compared: one sentence each.</summary>
    public IReadOnlyList<string> Evidence { get; init => field = value.ToArray(); } = [];

    /// <summary>Why it could not be told; null where it could.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What to do; null where nothing is to be done.</summary>
    public string? Remedy { get; init; }

    /// <summary>When the comparison began, UTC.</summary>
    public required DateTimeOffset ComparedAt { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>True where anything differs.</summary>
    public bool HasDifferences => Missing + Extra + Duplicated + Changed + Unreadable.Count > 0;

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Verdict} {Table}: {RowsFrom:N0} rows of {From}, {RowsTo:N0} in {To}: {Missing:N0} missing, {Extra:N0} extra, {Duplicated:N0} duplicated, {(IncludesValues ? $"{Changed:N0} changed" : "values not compared")}");
}
