namespace AcodeOps;

/// <summary>What an Airbyte server says of itself to anybody.</summary>
/// <param name="Version">Its version; null where the server does not tell.</param>
/// <param name="Edition"><c>community</c>, <c>enterprise</c>, …; null where not told.</param>
/// <param name="AuthenticationMode"><c>none</c>, <c>simple</c>, <c>oidc</c>; null where not told.</param>
public sealed record AirbyteInstance(string? Version, string? Edition, string? AuthenticationMode);

/// <summary>A MySQL source as Airbyte holds it.</summary>
public sealed record AirbyteSource(Guid SourceId, string Name, string? Host, int? Port, string? Database)
{
    /// <summary><c>STANDARD</c> or <c>CDC</c>; null where not told.</summary>
    public string? ReplicationMethod { get; init; }
}

/// <summary>An S3 destination as Airbyte holds it.</summary>
public sealed record AirbyteDestination(Guid DestinationId, string Name, string? Bucket, string? BucketPath)
{
    /// <summary>The path format with its macros.</summary>
    public string? PathFormat { get; init; }

    /// <summary><c>Parquet</c>, <c>CSV</c>, …</summary>
    public string? Format { get; init; }

    /// <summary><c>SNAPPY</c>, <c>GZIP</c>, …</summary>
    public string? Compression { get; init; }
}
