using AcodeOps.Configuration;
using AcodeOps.Health;

namespace AcodeOps.Deployment.Checks;

/// <summary>Airbyte is as the files say: publishing again would change nothing.</summary>
internal sealed class AppliedCheck : DeploymentCheck
{
    /// <inheritdoc />
    public override DeploymentStage Stage => DeploymentStage.After;

    /// <inheritdoc />
    public override string Target => "applied";

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(DeploymentContext context, CancellationToken cancel)
    {
        ConfigurationComparison comparison = await new ConfigurationComparer(context.Installation)
            .CompareAsync(context.Project, new ComparisonOptions { IncludeSecrets = true }, cancel).ConfigureAwait(false);
        return Judge(comparison.Changes, comparison.Failures, comparison.Warnings);
    }

    /// <inheritdoc />
    public override Verdict OnFailure(FailureClass failure) => failure == FailureClass.InvalidInput ? Verdict.Failed : Verdict.Unknown;

    /// <summary>Failed where publishing would still change something; Unknown where something could not be compared.</summary>
    internal static Observation Judge(IReadOnlyList<ConfigurationChange> changes, IReadOnlyList<AcodeException> failures, IReadOnlyList<string> warnings)
    {
        ConfigurationChange[] left = [.. changes.Where(change => change.Action != ConfigurationAction.Leave)];
        Observation seen = new(Verdict.Healthy, "Airbyte is as the files say.")
        {
            Value = left.Length,
            Evidence = [.. failures.Select(failure => failure.Message), .. left.Concat(changes.Except(left)).Select(change => change.Message), .. warnings],
        };
        return left.Length > 0 ? seen with
        {
            Verdict = Verdict.Failed,
            Summary = $"Airbyte differs from the files in {left.Length} places: {left[0]}",
            ErrorId = "ConfigurationNotApplied",
            Cause = FailureClass.Conflict,
            Remedy = "Compare-AcodeConfiguration shows them; Publish-AcodeConfiguration applies the files.",
        }
        : failures.Count > 0 ? seen with
        {
            Verdict = Verdict.Unknown,
            Summary = $"{failures.Count} parts could not be compared: {failures[0].Message}",
            ErrorId = failures[0].Id,
            Cause = failures[0].Cause,
            Remedy = failures[0].Advice,
        }
        : warnings.Count > 0 ? seen with
        {
            Verdict = Verdict.Degraded,
            Summary = $"Airbyte is as the files say, as far as that is known: {warnings[0]}",
            ErrorId = "ComparisonIncomplete",
            Remedy = "Compare-AcodeConfiguration -IncludeSecret tells what is not known.",
        }
        : seen;
    }
}
