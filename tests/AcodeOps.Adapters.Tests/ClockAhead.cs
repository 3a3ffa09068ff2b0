namespace AcodeOps.Adapters.Tests;

/// <summary>The clock of a machine that is ahead of this one, or, by a negative time, behind it.</summary>
internal sealed class ClockAhead(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
