using System.Globalization;

namespace AcodeOps;

/// <summary>What a copy of the newest data has come to so far.</summary>
public sealed record ExportResult
{
    /// <summary>Where it is: <c>s3://bucket/prefix/acode_export/2026/11/24/{run}/</c>; null before its first object.</summary>
    public string? Location { get; init; }

    /// <summary>Its manifest; null before it was written.</summary>
    public string? Manifest { get; init; }

    /// <summary>The source that was read.</summary>
    public required SourceRole Source { get; init; }

    /// <summary>True when every table and day that was asked for is in it.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The objects.</summary>
    public long Objects { get; init; }

    /// <summary>Their rows.</summary>
    public long Rows { get; init; }

    /// <summary>Their size, in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>The newest processing time among the rows, as the source wrote it; null where no row has one.</summary>
    public string? Watermark { get; init; }

    /// <summary>Each table.</summary>
    public IReadOnlyList<ExportTableResult> Tables { get; init => field = value.ToArray(); } = [];

    /// <inheritdoc />
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Rows:N0} rows in {Objects:N0} objects, {Bytes / 1e6:N1} MB, in {Location ?? "no place yet"}, data up to {Watermark ?? "an unknown time"}{(IsComplete ? "" : ", not complete")}");
}

/// <summary>What was copied of a table.</summary>
public sealed record ExportTableResult
{
    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>The event dates that are copied to their end; 0 for a table that is copied whole.</summary>
    public int Days { get; init; }

    /// <summary>True when all that was asked for of it is there.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The objects.</summary>
    public int Objects { get; init; }

    /// <summary>Their rows.</summary>
    public long Rows { get; init; }

    /// <summary>Their size, in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>Dates that were no dates (<c>0000-00-00</c>) and are NULL in the copy.</summary>
    public long ZeroDates { get; init; }

    /// <summary>The newest processing time among the rows, as the source wrote it; null where no row has one.</summary>
    public string? Watermark { get; init; }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Table}: {Rows:N0} rows{(IsComplete ? "" : ", not complete")}");
}
