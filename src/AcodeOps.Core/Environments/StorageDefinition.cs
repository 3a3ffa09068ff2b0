namespace AcodeOps;

/// <summary>A bucket and a prefix in it.</summary>
public sealed record StorageDefinition
{
    /// <summary>What it is to the installation.</summary>
    public required StorageRole Role { get; init; }

    /// <summary>The bucket.</summary>
    public required string Bucket { get; init; }

    /// <summary>The prefix with its closing slash; empty for the whole bucket.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The bucket's region, where it is not the environment's.</summary>
    public string? Region { get; init; }

    /// <summary>The KMS key that objects are encrypted with; null for SSE-S3.</summary>
    public string? KmsKey { get; init; }

    /// <summary>Where S3 writes its inventory of the bucket; null where it writes none, or is not to be asked by it.</summary>
    public InventoryDefinition? Inventory { get; init; }

    /// <summary>The bucket and prefix that the inventory is written to; null where there is none.</summary>
    public StorageDefinition? InventoryStorage => Inventory is { } inventory ? new StorageDefinition { Role = Role, Bucket = inventory.Bucket, Prefix = inventory.Prefix, Region = Region } : null;

    /// <inheritdoc />
    public override string ToString() => $"{Role} storage s3://{Bucket}/{Prefix}";
}
