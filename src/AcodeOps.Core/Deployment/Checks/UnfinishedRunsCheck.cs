using AcodeOps.Health;
using AcodeOps.Runbooks;

namespace AcodeOps.Deployment.Checks;

/// <summary>No run of a runbook that changes the installation is left half-done: it stands in the way of the deployment's own.</summary>
internal sealed class UnfinishedRunsCheck : DeploymentCheck
{
    /// <inheritdoc />
    public override DeploymentStage Stage => DeploymentStage.Before;

    /// <inheritdoc />
    public override string Target => "unfinished runs";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.FindStorage(StorageRole.Audit) is not null;

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(DeploymentContext context, CancellationToken cancel)
    {
        List<RunbookRun> unfinished = [];
        List<AcodeException> unread = [];
        await foreach (RunReading reading in new JournalReader(context.Installation).ReadAsync(JournalReader.Days, unfinishedOnly: true, cancel).ConfigureAwait(false))
        {
            if (reading.Failure is { } failure)
            {
                unread.Add(failure);
            }
            else if (reading.Run is { Mutates: true } run)
            {
                unfinished.Add(run);
            }
        }

        return Judge(unfinished, unread);
    }

    /// <summary>Degraded with an unfinished run; Unknown where one cannot be read.</summary>
    internal static Observation Judge(IReadOnlyList<RunbookRun> unfinished, IReadOnlyList<AcodeException> unread)
    {
        string[] evidence = [.. unfinished.Select(run => $"{run.RunId} {run}"), .. unread.Select(failure => failure.Message)];
        return unread.Count > 0 ? new Observation(Verdict.Unknown, $"{unread.Count} journals cannot be read: whether their runs have ended is not known. {unread[0].Message}")
        {
            Cause = unread[0].Cause,
            ErrorId = unread[0].Id,
            Evidence = evidence,
            Remedy = unread[0].Advice,
        }
        : unfinished.Count > 0 ? new Observation(Verdict.Degraded, $"{unfinished.Count} runs are unfinished: {unfinished[0]}.")
        {
            ErrorId = "RunUnfinished",
            Value = unfinished.Count,
            Evidence = evidence,
            Remedy = $"Get-AcodeRunbook {unfinished[0].RunId} | Resume-AcodeRunbook, or Undo-AcodeRunbook.",
        }
        : new Observation(Verdict.Healthy, $"No run of the last {JournalReader.Days} days is unfinished.") { Value = 0 };
    }
}
