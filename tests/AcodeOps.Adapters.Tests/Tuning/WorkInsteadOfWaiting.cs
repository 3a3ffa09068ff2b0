namespace AcodeOps.Adapters.Tests.Tuning;

/// <summary>The real clock; but when as many as are expected wait for so long, the test's work is done instead, and they go on when it has ended.</summary>
internal sealed class WorkInsteadOfWaiting(TimeSpan wait, Func<Task> work, int expected = 1) : TimeProvider
{
    private readonly List<Action> _waiting = [];

    /// <summary>How the work ended.</summary>
    public Task Work { get; private set; } = Task.CompletedTask;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != wait)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        ITimer never = base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_waiting)
        {
            _waiting.Add(() => callback(state));
            if (_waiting.Count == expected)
            {
                Work = Task.Run(WorkAsync);
            }
        }

        return never;
    }

    private async Task WorkAsync()
    {
        try
        {
            await work();
        }
        finally
        {
            _waiting.ForEach(goOn => goOn());
        }
    }
}
