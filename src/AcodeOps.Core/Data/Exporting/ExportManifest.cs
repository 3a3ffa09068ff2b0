using System.Text.Json;
using System.Text.Json.Serialization;

namespace AcodeOps.Exporting;

/// <summary>What a copy holds, written beside it after each step and at its end, so that it can be used without this module.</summary>
public sealed record ExportManifest
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        WriteIndented = true,
    };

    /// <summary>The run that made it.</summary>
    public required string RunId { get; init; }

    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>The source that it was read from.</summary>
    public required SourceRole Source { get; init; }

    /// <summary>The server behind it.</summary>
    public required string Server { get; init; }

    /// <summary>Why this source, and how old its data was.</summary>
    public required string SourceReason { get; init; }

    /// <summary>The bucket that the keys are in.</summary>
    public required string Bucket { get; init; }

    /// <summary>The first event date.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last event date, of which there are the rows that the source had.</summary>
    public required DateOnly To { get; init; }

    /// <summary>When the copy was begun, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When this was written, UTC.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>When the copy ended, UTC; null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>True when all that was asked for is in it.</summary>
    public required bool Complete { get; init; }

    /// <summary>The newest processing time among the rows, as the source wrote it; null where no row has one.</summary>
    public string? Watermark { get; init; }

    /// <summary>The rows.</summary>
    public required long Rows { get; init; }

    /// <summary>The size of the objects, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The tables.</summary>
    public required IReadOnlyList<ManifestTable> Tables { get; init => field = value.ToArray(); }

    /// <summary>The tables that could not be copied.</summary>
    public IReadOnlyList<ExportSkipped> Skipped { get; init => field = value.ToArray(); } = [];

    /// <summary>The bytes of the manifest: JSON that people can read.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="FormatException">The bytes are none.</exception>
    public static ExportManifest Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<ExportManifest>(bytes, Json) ?? throw new FormatException("It is empty.");
        }
        catch (JsonException e)
        {
            throw new FormatException("It is not the JSON of a manifest.", e);
        }
    }
}

/// <summary>A table in a manifest.</summary>
public sealed record ManifestTable
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>Its event date; null for none.</summary>
    public string? EventDate { get; init; }

    /// <summary>Its processing time; null for none.</summary>
    public string? ProcessedAt { get; init; }

    /// <summary>How its rows were read.</summary>
    public required string Method { get; init; }

    /// <summary>True when all that was asked for of it is there.</summary>
    public required bool Complete { get; init; }

    /// <summary>Event dates that are copied to their end; those without rows have no objects.</summary>
    public IReadOnlyList<DateOnly> Days { get; init => field = value.ToArray(); } = [];

    /// <summary>Its columns with their types, in order.</summary>
    public required IReadOnlyList<RowColumn> Columns { get; init => field = value.ToArray(); }

    /// <summary>Its objects.</summary>
    public required IReadOnlyList<ExportObject> Objects { get; init => field = value.ToArray(); }
}
