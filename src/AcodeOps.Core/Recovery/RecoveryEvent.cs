namespace AcodeOps;

/// <summary>One moment of a recovery.</summary>
public sealed record RecoveryEvent
{
    /// <summary>When it was, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened, in a few words: <c>Fault began</c>.</summary>
    public required string What { get; init; }

    /// <summary>What is to be known of it besides; null where that is all.</summary>
    public string? Detail { get; init; }

    /// <inheritdoc />
    public override string ToString() => Detail is null ? $"{At.UtcDateTime:u} {What}" : $"{At.UtcDateTime:u} {What}: {Detail}";
}
