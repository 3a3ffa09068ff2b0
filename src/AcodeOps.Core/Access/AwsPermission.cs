namespace AcodeOps.Access;

/// <summary>One action on one resource of AWS.</summary>
/// <param name="Action">As IAM names it: <c>s3:GetObject</c>.</param>
/// <param name="Resource">The resource, as an ARN which may hold <c>*</c> and <c>?</c>.</param>
public sealed record AwsPermission(string Action, string Resource)
{
    /// <summary>The storage, where it is about one.</summary>
    public StorageDefinition? Storage { get; init; }

    /// <summary>In a storage: what the keys start with that it is about; null where it is about the bucket itself.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>The secret, where it is about one.</summary>
    public CredentialReference? Secret { get; init; }

    /// <summary>The key, as the environment names it, where it is about one: an alias is in the statement's condition, and not in the resource.</summary>
    public string? Key { get; init; }

    /// <summary>What it is about, in a word, for the names of statements.</summary>
    public required string Subject { get; init; }

    /// <summary>True when the policy limits it to the prefix by a condition, since its resource is the bucket.</summary>
    public bool IsListing => Action == "s3:ListBucket";

    /// <summary>True when <paramref name="other"/> is allowed wherever this is.</summary>
    public bool Covers(AwsPermission other) =>
        Action == other.Action && Key == other.Key && (Resource == other.Resource || (!IsListing && IsWithin(other.Resource, Resource)))
        && (!IsListing || other.KeyPrefix!.StartsWith(KeyPrefix!, StringComparison.Ordinal));

    /// <inheritdoc />
    public override string ToString() => IsListing && KeyPrefix is { Length: > 0 } ? $"{Action} on {Resource} below {KeyPrefix}" : $"{Action} on {Resource}";

    private static bool IsWithin(string resource, string pattern) =>
        pattern.EndsWith('*') && resource.StartsWith(pattern[..^1], StringComparison.Ordinal);
}
