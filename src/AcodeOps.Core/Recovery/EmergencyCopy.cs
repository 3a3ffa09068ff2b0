using System.Globalization;

namespace AcodeOps;

/// <summary>What the emergency storage holds of the data.</summary>
public sealed record EmergencyCopy
{
    /// <summary>Where it is: <c>s3://bucket/prefix</c>.</summary>
    public required string Location { get; init; }

    /// <summary>Its Parquet objects.</summary>
    public long Objects { get; init; }

    /// <summary>Their size, in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>When the newest of them was written, UTC; null where there is none.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>The newest processing time in the newest of them, as the source wrote it; null where their footers do not tell.</summary>
    public string? Watermark { get; init; }

    /// <summary>How old it is, in hours, when it was looked at; null where there is none.</summary>
    public double? AgeHours { get; init; }

    /// <inheritdoc />
    public override string ToString() => Objects == 0 ? $"no emergency copy in {Location}" : string.Create(
        CultureInfo.InvariantCulture,
        $"{Objects:N0} objects, {Bytes / 1e6:N1} MB in {Location}, written {AgeHours:N1} h ago, data up to {Watermark ?? "an unknown time"}");
}
