namespace AcodeOps.Configuration;

/// <summary>How far a comparison goes.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Ask Airbyte whether the secrets that it keeps are still those that were applied: one request for each source and destination.</summary>
    public bool IncludeSecrets { get; init; }

    /// <summary>Tell also what Airbyte has and no file ever described.</summary>
    public bool IncludeUnmanaged { get; init; }

    /// <summary>Plan to delete what was applied and is in no file any more.</summary>
    public bool Prune { get; init; }
}
