namespace AcodeOps;

/// <summary>
/// Where S3 writes its inventory of a bucket. Source: Amazon S3 User Guide, "Configuring Amazon S3 Inventory".
/// </summary>
/// <param name="Bucket">The destination bucket, in the storage's region.</param>
/// <param name="Prefix">The destination prefix with its closing slash; empty for none.</param>
/// <param name="Name">The name of the inventory configuration.</param>
public sealed record InventoryDefinition(string Bucket, string Prefix, string Name);
