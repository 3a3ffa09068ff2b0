using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>Shows how far a measurement of a known length is, once a second.</summary>
internal static class DurationProgress
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    /// <summary>Shows progress until the work has ended, well or not; how it ended is left to whoever awaits it.</summary>
    /// <param name="cmdlet">The cmdlet that shows it.</param>
    /// <param name="duration">How long it takes; null where it is not worth showing.</param>
    /// <param name="work">The work.</param>
    public static async Task ShowAsync(AcodeCmdlet cmdlet, TimeSpan? duration, Task work)
    {
        for (TimeSpan passed = TimeSpan.Zero; duration is { } whole && !work.IsCompleted; passed += Step)
        {
            TimeSpan left = whole - passed;
            cmdlet.Tell(left > TimeSpan.Zero ? FormattableString.Invariant($"{left.TotalSeconds:0} s to go") : "Reading", left > TimeSpan.Zero ? (int)(passed / whole * 100) : 100);
            await Task.WhenAny(work, Task.Delay(Step));
        }

        await Task.WhenAny(work);
    }
}
