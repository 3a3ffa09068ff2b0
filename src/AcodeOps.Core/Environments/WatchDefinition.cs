namespace AcodeOps;

/// <summary>When a watch may switch by itself (<c>Watch-AcodeHealth -AutoFailover</c>).</summary>
public sealed record WatchDefinition
{
    /// <summary>How many of the last looks count.</summary>
    public int Probes { get; init; } = 5;

    /// <summary>How many of them must have failed for a part to count as failed; and none since the first of these may have found it well.</summary>
    public int FailedProbes { get; init; } = 4;

    /// <summary>The time from one look to the next, in seconds.</summary>
    public double ProbeSeconds { get; init; } = 5;

    /// <summary>The shortest time from one switch to the next that a watch makes by itself, in minutes: a fault that comes and goes must not drag ingestion to and fro.</summary>
    public double MinutesBetweenSwitches { get; init; } = 60;

    /// <summary>When nothing is switched by itself, as people work on the servers.</summary>
    public IReadOnlyList<MaintenanceWindow> Maintenance { get; init => field = value.ToArray(); } = [];

    /// <inheritdoc />
    public override string ToString() => $"{FailedProbes} of {Probes} probes, {ProbeSeconds} s apart, {MinutesBetweenSwitches} min between switches";
}
