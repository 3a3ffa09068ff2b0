using System.Globalization;
using System.Text.Json.Serialization;

namespace AcodeOps;

/// <summary>A copy of the newest data, as it would be made: from which source and why, which rows, and where to.</summary>
public sealed record ExportPlan
{
    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>The source that is read.</summary>
    public required SourceRole Source { get; init; }

    /// <summary>The server behind it: address, make and version.</summary>
    public required string Server { get; init; }

    /// <summary>Why this source.</summary>
    public required string SourceReason { get; init; }

    /// <summary>How far it may be behind its own source, in seconds: 0 for the primary; null where that is not known.</summary>
    public double? BehindSeconds { get; init; }

    /// <summary>The newest processing time that it holds, UTC; null where that is not known.</summary>
    public DateTimeOffset? DataUpTo { get; init; }

    /// <summary>The storage that is written to.</summary>
    public required StorageRole Storage { get; init; }

    /// <summary>Where the copy will be: <c>s3://bucket/prefix/acode_export/</c>. The day and the run's id follow.</summary>
    public required string Location { get; init; }

    /// <summary>True where the objects ask for encryption: the storage names a key, or its bucket encrypts nothing by itself.</summary>
    public bool Encrypt { get; init; }

    /// <summary>The first event date.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last event date: the day on which it was planned, of which there are the rows so far.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The tables that are copied.</summary>
    public required IReadOnlyList<ExportTable> Tables { get; init => field = value.ToArray(); }

    /// <summary>The tables that cannot be copied.</summary>
    public IReadOnlyList<ExportSkipped> Skipped { get; init => field = value.ToArray(); } = [];

    /// <summary>What to know besides: one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init => field = value.ToArray(); } = [];

    /// <summary>The most rows that an object has.</summary>
    public int ObjectRows { get; init; } = 50_000;

    /// <summary>About the most memory that the rows of an object take, in bytes.</summary>
    public long ObjectBytes { get; init; } = 32 << 20;

    /// <summary>The rows that are expected; null where that is not known for all of them.</summary>
    public long? RowsExpected => Tables.All(table => table.RowsExpected is not null) ? Tables.Sum(table => table.RowsExpected) : null;

    /// <summary>What it does, for people.</summary>
    [JsonIgnore]
    public string Title => string.Create(
        CultureInfo.InvariantCulture, $"Copy {From:yyyy-MM-dd} to {To:yyyy-MM-dd} from the {Source} source to the {Storage} storage");

    /// <inheritdoc />
    public override string ToString() => Title;
}

/// <summary>A table that is copied.</summary>
public sealed record ExportTable
{
    /// <summary>The table.</summary>
    public required TableDefinition Table { get; init; }

    /// <summary>How its rows are read.</summary>
    public required RowOrder Order { get; init; }

    /// <summary>The way in words.</summary>
    public required string Method { get; init; }

    /// <summary>Its event dates, the newest first; empty for a table without an event date, which is copied whole.</summary>
    public IReadOnlyList<ExportDay> Days { get; init => field = value.ToArray(); } = [];

    /// <summary>The rows that are expected: an estimate for a table that is copied whole; null where that is not known.</summary>
    public long? RowsExpected { get; init; }

    /// <inheritdoc />
    public override string ToString() => Table.Name;
}

/// <summary>A day of a table.</summary>
/// <param name="Date">The event date.</param>
/// <param name="RowsExpected">Its rows when it was planned; null where they could not be counted without a scan.</param>
public sealed record ExportDay(DateOnly Date, long? RowsExpected);

/// <summary>A table that cannot be copied, and why.</summary>
public sealed record ExportSkipped(string Table, string ErrorId, string Why)
{
    /// <inheritdoc />
    public override string ToString() => $"{Table}: {Why}";
}
