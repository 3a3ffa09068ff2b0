using System.Management.Automation;

namespace AcodeOps.Commands;

/// <summary>Shows how far a measurement of a known length is, once a second.</summary>
internal static class DurationProgress
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    /// <summary>Shows progress until the work has ended, well or not; how it ended is left to whoever awaits it.</summary>
    /// <param name="cmdlet">The cmdlet that shows it.</param>
    /// <param name="activity">What goes on.</param>
    /// <param name="duration">How long it takes; null where it is not worth showing.</param>
    /// <param name="work">The work.</param>
    public static async Task ShowAsync(Cmdlet cmdlet, string activity, TimeSpan? duration, Task work)
    {
        ProgressRecord shown = new(0, activity, "Measuring");
        for (TimeSpan passed = TimeSpan.Zero; duration is { } whole && !work.IsCompleted; passed += Step)
        {
            TimeSpan left = whole - passed;
            shown.StatusDescription = left > TimeSpan.Zero ? FormattableString.Invariant($"{left.TotalSeconds:0} s to go") : "Reading";
            shown.PercentComplete = left > TimeSpan.Zero ? (int)(passed / whole * 100) : 100;
            cmdlet.WriteProgress(shown);
            await Task.WhenAny(work, Task.Delay(Step));
        }

        await Task.WhenAny(work);
        if (duration is not null)
        {
            shown.RecordType = ProgressRecordType.Completed;
            cmdlet.WriteProgress(shown);
        }
    }
}
