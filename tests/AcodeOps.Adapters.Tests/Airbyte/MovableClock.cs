namespace AcodeOps.Adapters.Tests.Airbyte;

/// <summary>A clock that a test sets, and whose timers run faster than they should by a factor.</summary>
public sealed class MovableClock(int haste = 1) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / haste : dueTime, period);
}
