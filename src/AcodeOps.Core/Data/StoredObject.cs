namespace AcodeOps;

/// <summary>An object as a listing shows it.</summary>
/// <param name="Key">The whole key.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="ModifiedAt">When it was written, UTC.</param>
/// <param name="ETag">Its entity tag, without quotes.</param>
public sealed record StoredObject(string Key, long SizeBytes, DateTimeOffset ModifiedAt, string ETag);

/// <summary>An object's content, entity tag and encryption (<c>AES256</c>, <c>aws:kms</c>; null for none told).</summary>
public sealed record ObjectContent(ReadOnlyMemory<byte> Content, string ETag, string? Encryption)
{
    /// <summary>When it was written, by the server's clock, UTC; null where not told.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>The server's clock when it answered, UTC, to the second; null where not told.</summary>
    public DateTimeOffset? ServerTimeAt { get; init; }
}

/// <summary>How an object is written.</summary>
public sealed record PutOptions
{
    /// <summary>Write only if there is no object of this key yet (<c>If-None-Match: *</c>).</summary>
    public bool IfAbsent { get; init; }

    /// <summary>Write only over the object with this entity tag (<c>If-Match</c>).</summary>
    public string? IfMatch { get; init; }

    /// <summary>Ask for server-side encryption (SSE-S3, or SSE-KMS where the storage names a key).</summary>
    public bool Encrypt { get; init; }

    /// <summary>Keep the object undeletable until then; null for no retention.</summary>
    public DateTimeOffset? RetainUntilAt { get; init; }

    /// <summary>With a retention: true for COMPLIANCE, false for GOVERNANCE.</summary>
    public bool Compliance { get; init; }

    /// <summary>The media type.</summary>
    public string ContentType { get; init; } = "application/octet-stream";
}

/// <summary>How an object is locked.</summary>
/// <param name="UntilAt">Until when, UTC.</param>
/// <param name="Compliance">True for COMPLIANCE, false for GOVERNANCE.</param>
public sealed record ObjectRetention(DateTimeOffset UntilAt, bool Compliance);

/// <summary>What a bucket does by itself. Null: not told, or we may not ask.</summary>
/// <param name="DefaultEncryption"><c>AES256</c>, <c>aws:kms</c>, or an empty string for none.</param>
/// <param name="HasVersioning">Whether old versions are kept.</param>
/// <param name="HasObjectLock">Whether retention can be set on objects.</param>
public sealed record BucketTraits(string? DefaultEncryption, bool? HasVersioning, bool? HasObjectLock)
{
    /// <summary>Whether every new object is locked by the bucket's own default retention.</summary>
    public bool? LocksByDefault { get; init; }

    /// <summary>The server's clock, UTC, to half a second; null when it told none.</summary>
    public DateTimeOffset? ServerTimeAt { get; init; }

    /// <summary>This machine's clock, UTC, at the moment of <see cref="ServerTimeAt"/>.</summary>
    public DateTimeOffset? LocalTimeAt { get; init; }
}
