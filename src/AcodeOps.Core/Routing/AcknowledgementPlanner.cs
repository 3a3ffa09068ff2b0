using System.Globalization;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing;

/// <summary>Finds the switches that watches have made by themselves and nobody has acknowledged.</summary>
/// <param name="installation">The installation.</param>
public sealed class AcknowledgementPlanner(IInstallation installation)
{
    /// <summary>The plan; null when there is nothing to acknowledge.</summary>
    /// <exception cref="AcodeException">The journals could not be read.</exception>
    public async Task<AcknowledgementPlan?> PlanAsync(CancellationToken cancel)
    {
        List<RunbookRun> runs = [];
        await foreach (RunReading reading in new JournalReader(installation).ReadAsync(JournalReader.Days, unfinishedOnly: false, cancel).ConfigureAwait(false))
        {
            runs.Add(reading.Run ?? throw reading.Failure!);
        }

        IReadOnlyList<RunbookRun> open = AutomaticSwitches.Unacknowledged(runs);
        return open.Count == 0 ? null : new AcknowledgementPlan
        {
            Environment = installation.Environment.Name,
            PlannedAt = installation.Clock.GetUtcNow(),
            RunIds = [.. open.Select(run => run.RunId)],
            Switches = [.. open.Select(run => string.Create(CultureInfo.InvariantCulture, $"{run}, begun {run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC by {run.StartedBy}"))],
        };
    }
}
