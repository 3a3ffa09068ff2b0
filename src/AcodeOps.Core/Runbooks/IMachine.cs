namespace AcodeOps.Runbooks;

/// <summary>This machine and this process, and whether another process of the machine has ended.</summary>
public interface IMachine
{
    /// <summary>This process.</summary>
    ProcessStamp ThisProcess { get; }

    /// <summary>
    /// True when the process ran on this machine and is known to have ended; false when it runs, ran elsewhere, or nothing
    /// is known of it.
    /// </summary>
    bool IsGone(ProcessStamp process);
}

/// <summary>A process that no other can be mistaken for.</summary>
/// <param name="Host">The machine's name.</param>
/// <param name="Machine">What tells this machine, since it was started and as this process sees it (containers apart), from others of the same name.</param>
/// <param name="ProcessId">The process id.</param>
/// <param name="StartedAt">When the process was started, UTC: ids are used again.</param>
/// <param name="User">The user.</param>
public sealed record ProcessStamp(string Host, string Machine, int ProcessId, DateTimeOffset StartedAt, string User)
{
    /// <summary>
    /// When the process was started, as the kernel counts since the machine's start: unlike <see cref="StartedAt"/> it does
    /// not move when the clock is set. Null where the system tells none.
    /// </summary>
    public long? StartedTicks { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{User}@{Host} (process {ProcessId})";
}
