namespace AcodeOps.Deployment;

/// <summary>What is, or was, deployed, and the sync that shows whether it works.</summary>
/// <param name="Project">The files.</param>
/// <param name="Timeout">The time limit of a round of checks.</param>
public sealed record DeploymentSubject(ConfigurationProject Project, TimeSpan Timeout)
{
    /// <summary>The sync that was made for it, as it ended; null where the newest one is judged.</summary>
    public Sync? Sync { get; init; }

    /// <summary>Why there is no sync to judge although one was asked for; null where there is one, or none was asked for.</summary>
    public AcodeException? SyncFailure { get; init; }
}
