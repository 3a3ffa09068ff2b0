using System.Text.Json;
using System.Text.Json.Serialization;

namespace AcodeOps;

/// <summary>What a move of objects moves, written down before the first of them is touched. With it the move can be finished, and taken back.</summary>
public sealed record MoveManifest
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter() },
        WriteIndented = true,
    };

    /// <summary>The move's id: a ULID.</summary>
    public required string Id { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Why the objects are moved.</summary>
    public required string Reason { get; init; }

    /// <summary>The storage that they are moved from.</summary>
    public required StorageRole From { get; init; }

    /// <summary>The bucket of the storage that they are moved to.</summary>
    public required string TargetBucket { get; init; }

    /// <summary>The objects.</summary>
    public required IReadOnlyList<DataMoveItem> Items { get; init; }

    /// <summary>Where it is: <c>s3://quarantine/20261124/{id}/manifest.json</c>.</summary>
    [JsonIgnore]
    public string Location => $"s3://{TargetBucket}/{Items[0].TargetKey[..^Items[0].Key.Length]}{MoveFolder.ManifestName}";

    /// <summary>The objects as they were listed.</summary>
    [JsonIgnore]
    public IReadOnlyList<StoredObject> Objects => [.. Items.Select(item => new StoredObject(item.Key, item.SizeBytes, item.ModifiedAt, item.ETag))];

    /// <summary>The bytes of the manifest: JSON that people can read.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="FormatException">The bytes are none.</exception>
    public static MoveManifest Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<MoveManifest>(bytes, Json) is { Items.Count: > 0 } manifest && manifest.Items.All(item => item is not null)
                ? manifest
                : throw new FormatException("It lists no objects.");
        }
        catch (JsonException e)
        {
            throw new FormatException("It is not the JSON of a manifest.", e);
        }
    }

    /// <inheritdoc />
    public override string ToString() => $"Move {Id}: {Items.Count} objects from the {From} storage to s3://{TargetBucket}";
}
