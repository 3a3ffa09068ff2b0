namespace AcodeOps;

/// <summary>What came of a rotation. Holds no secret.</summary>
public sealed record RotationResult
{
    /// <summary>How the password was replaced.</summary>
    public required RotationMode Mode { get; init; }

    /// <summary>The user that logs in now; null where it was not changed or is not known.</summary>
    public string? UserName { get; init; }

    /// <summary>The secret's version that was in use before.</summary>
    public required string FormerVersionId { get; init; }

    /// <summary>The secret's version that is in use now; null until it is.</summary>
    public string? CurrentVersionId { get; init; }

    /// <summary>The syncs that proved it: Airbyte's job ids.</summary>
    public IReadOnlyList<long> ProvenBy { get; init => field = value.ToArray(); } = [];

    /// <summary>What the partner is asked for; null where nobody is asked.</summary>
    public string? Request { get; init; }
}
