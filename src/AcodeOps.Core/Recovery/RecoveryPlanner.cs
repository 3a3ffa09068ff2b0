using System.Globalization;
using AcodeOps.Routing;

namespace AcodeOps.Recovery;

/// <summary>Plans a recovery: looks, decides, and plans the switch. Changes nothing but the canaries of its looks.</summary>
/// <param name="installation">The installation.</param>
/// <param name="timeout">The time limit of one look.</param>
public sealed class RecoveryPlanner(IInstallation installation, TimeSpan timeout)
{
    /// <summary>The plan.</summary>
    /// <param name="allowDataLoss">Consent to the loss of what the new source does not have.</param>
    /// <param name="progress">Is told what is looked at; null for nobody.</param>
    /// <param name="cancel">Ends the planning.</param>
    /// <exception cref="AcodeException">Airbyte answers the looks and then fails as the switch is planned.</exception>
    public async Task<RecoveryPlan> PlanAsync(bool allowDataLoss, IProgress<string>? progress, CancellationToken cancel)
    {
        RecoveryAssessment assessment = await new RecoveryAssessor(installation, timeout).AssessAsync(progress, cancel).ConfigureAwait(false);
        return await PlanAsync(assessment, allowDataLoss, isAutomatic: false, cancel).ConfigureAwait(false);
    }

    /// <summary>The plan for what was seen.</summary>
    /// <param name="assessment">What was seen.</param>
    /// <param name="allowDataLoss">Consent to the loss of what the new source does not have.</param>
    /// <param name="isAutomatic">True when nobody is asked before it is carried out.</param>
    /// <param name="cancel">Ends the planning.</param>
    internal async Task<RecoveryPlan> PlanAsync(RecoveryAssessment assessment, bool allowDataLoss, bool isAutomatic, CancellationToken cancel)
    {
        AcodeEnvironment environment = installation.Environment;
        RecoveryDecision decision = RecoveryPolicy.Decide(environment, assessment);
        FailoverPlan? change = decision.Route is { } route
            ? await new FailoverPlanner(installation).PlanAsync(
                new FailoverRequest
                {
                    Candidates = [route.Name],
                    AllowDataLoss = allowDataLoss,
                    FaultAt = assessment.FailedSince,
                    TimeoutSeconds = timeout.TotalSeconds,
                },
                cancel).ConfigureAwait(false)
            : null;
        DateTimeOffset now = installation.Clock.GetUtcNow();
        return new RecoveryPlan
        {
            Environment = environment.Name,
            PlannedAt = now,
            ExpiresAt = now.AddMinutes(environment.Recovery.PlanMinutes),
            Assessment = assessment,
            Decision = decision,
            Switch = change is null ? null : change with { Assessment = assessment, IsAutomatic = isAutomatic },
            Findings = [.. MissingRoutes(environment, decision), .. LostRedundancy(assessment, decision)],
            Steps = Steps(assessment, decision, change),
        };
    }

    private static IEnumerable<Finding> MissingRoutes(AcodeEnvironment environment, RecoveryDecision decision)
    {
        foreach (StorageRole storage in new[] { StorageRole.Primary, StorageRole.Backup })
        {
            foreach (SourceRole source in new[] { SourceRole.Primary, SourceRole.Backup })
            {
                string name = RouteDefinition.NameOf(source, storage);
                if (environment.FindSource(source) is null || environment.FindStorage(storage) is null || environment.Routes.Any(r => r.Source == source && r.Storage == storage))
                {
                    continue;
                }

                yield return new Finding
                {
                    Rule = "RouteMissing",
                    Severity = decision.Strategy == name ? FindingSeverity.Error : FindingSeverity.Warning,
                    Target = name,
                    Message = $"No route reads the {Word(source)} source and writes the {Word(storage)} storage.",
                    Evidence = $"routes: {string.Join(", ", environment.Routes)}",
                    Remedy = $"Create a connection from the {Word(source)} source to the {Word(storage)} storage in Airbyte, inactive, and add it to the environment file: "
                        + $"routes: - {{ name: {name}, source: {Word(source)}, storage: {Word(storage)}, connection: NAME }}.",
                };
            }
        }
    }

    private static IEnumerable<Finding> LostRedundancy(RecoveryAssessment assessment, RecoveryDecision decision) =>
        from part in assessment.Parts
        where part.Verdict is Verdict.Failed or Verdict.Unknown
        select new Finding
        {
            Rule = part.Verdict == Verdict.Failed ? "PartFailed" : "PartUnknown",
            Severity = decision.Strategy == RecoveryStrategy.None ? FindingSeverity.Warning : FindingSeverity.Error,
            Target = part.Part.ToString(),
            Message = part.Summary,
            Current = part.Verdict.ToString(),
            Evidence = part.Evidence.Count > 0 ? part.Evidence[^1] : null,
            Remedy = part.Remedy,
        };

    private static IReadOnlyList<string> Steps(RecoveryAssessment assessment, RecoveryDecision decision, FailoverPlan? change) => decision.Strategy switch
    {
        _ when change is not null => [.. new FailoverRunbook(change).Steps.Select(step => step.Title)],
        RecoveryStrategy.None => [],
        RecoveryStrategy.AirbyteDown => ["Bring Airbyte back: nothing else moves the data", "Look again: Get-AcodeRecoveryPlan"],
        RecoveryStrategy.Unknown =>
        [
            .. assessment.Parts.Where(part => part.Verdict == Verdict.Unknown).Select(part => $"{part.Part}: {part.Remedy ?? part.Summary}"),
            "Look again: Get-AcodeRecoveryPlan",
            "Where you know better than the looks do, switch by your own order: Invoke-AcodeFailover ROUTE",
        ],
        RecoveryStrategy.FullDisasterRecovery =>
        [
            "Escalate: no route can write, and data grows older until one can",
            .. assessment.Parts.Where(part => part.Verdict == Verdict.Failed).Select(part => $"{part.Part}: {part.Remedy ?? part.Summary}"),
            .. assessment.Parts.Any(part => part is { Part: RecoveryPart.PrimarySource or RecoveryPart.BackupSource, Verdict: not Verdict.Failed })
                ? (string[])["Save the newest rows while a source still answers: Export-AcodeData"]
                : [],
            "Look at the emergency copy, and serve readers from it where its age allows",
            "When a source and a storage are back: Get-AcodeRecoveryPlan | Start-AcodeDisasterRecovery",
        ],
        _ => [$"Create the route that is missing: {decision.Strategy}", "Plan again: Get-AcodeRecoveryPlan"],
    };

    private static string Word<T>(T role)
        where T : struct, Enum => role.ToString().ToLower(CultureInfo.InvariantCulture);
}
