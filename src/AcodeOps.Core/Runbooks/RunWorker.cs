namespace AcodeOps.Runbooks;

/// <summary>Who works on a run, and how it is to go.</summary>
public sealed record RunWorker
{
    /// <summary>The process.</summary>
    public required ProcessStamp Process { get; init; }

    /// <summary>The version of the module that does it.</summary>
    public required string ModuleVersion { get; init; }

    /// <summary>What the operator asked for.</summary>
    public required RunOptions Options { get; init; }

    /// <summary>The fencing token of the lease; null for a run without one.</summary>
    public long? LeaseToken { get; init; }

    /// <summary>True where the run is to be taken back.</summary>
    public bool IsUndo { get; init; }

    /// <summary>False where a damaged journal does not say who it was.</summary>
    internal bool IsWhole => Process is { Host: not null, User: not null, Machine: not null } && Options is not null;
}
