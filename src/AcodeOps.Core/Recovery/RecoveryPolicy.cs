namespace AcodeOps.Recovery;

/// <summary>
/// Decides what a recovery does: a total function over the verdicts, which asks nobody. The active route stays while it can
/// be used; else the first one in the environment's order that can. What is not known never leads to a switch.
/// </summary>
internal static class RecoveryPolicy
{
    /// <summary>Decides on what was seen.</summary>
    public static RecoveryDecision Decide(AcodeEnvironment environment, RecoveryAssessment assessment) =>
        Decide(environment, assessment.Verdicts, environment.Routes.FirstOrDefault(route => route.Name == assessment.ActiveRoute?.Name));

    /// <summary>Decides.</summary>
    /// <param name="environment">Whose routes there are, in order of preference.</param>
    /// <param name="verdicts">What is known of their parts.</param>
    /// <param name="active">The route that writes now; null when none does.</param>
    public static RecoveryDecision Decide(AcodeEnvironment environment, PartVerdicts verdicts, RouteDefinition? active)
    {
        IReadOnlyList<RouteDefinition> routes = environment.Routes;
        RecoveryDecision decision = Strategy(environment, verdicts, active);
        return decision with
        {
            RedundancyLost =
            [
                .. from role in routes.Select(route => route.Source).Distinct()
                   where !IsUsable(verdicts.Of(role))
                   select $"{role.ToString().ToLowerInvariant()} source: {verdicts.Of(role)}",
                .. from role in routes.Select(route => route.Storage).Distinct()
                   where !IsUsable(verdicts.Of(role))
                   select $"{role.ToString().ToLowerInvariant()} storage: {verdicts.Of(role)}",
            ],
        };
    }

    private static RecoveryDecision Strategy(AcodeEnvironment environment, PartVerdicts verdicts, RouteDefinition? active)
    {
        RouteDefinition[] all = [.. environment.Routes, .. Possible(environment).ExceptBy(environment.Routes.Select(Ends), Ends)];
        if (all.All(route => verdicts.Of(route) == Verdict.Failed))
        {
            return Of(RecoveryStrategy.FullDisasterRecovery, "No source that could feed the lake and no storage that could take it are left together.");
        }

        if (verdicts.Airbyte == Verdict.Failed)
        {
            return Of(RecoveryStrategy.AirbyteDown, "Airbyte does not answer: no route writes, and none can be switched.");
        }

        if (verdicts.Airbyte == Verdict.Unknown)
        {
            return Of(RecoveryStrategy.Unknown, "Whether Airbyte works is not known.");
        }

        Verdict now = active is null ? Verdict.Failed : verdicts.Of(active);
        if (IsUsable(now))
        {
            return Of(RecoveryStrategy.None, $"Route '{active}' writes, and its source and its storage can be used.");
        }

        if (now == Verdict.Unknown)
        {
            return Of(RecoveryStrategy.Unknown, $"Whether route '{active}' works is not known, and what is not known is no reason to switch.");
        }

        string why = active is null ? "No route writes" : $"Route '{active}' has failed";
        if (all.FirstOrDefault(route => IsUsable(verdicts.Of(route))) is not { } target)
        {
            return Of(RecoveryStrategy.Unknown, $"{why}, and of no other is it known that it can be used.");
        }

        bool exists = environment.Routes.Contains(target);
        return Of(RouteDefinition.NameOf(target.Source, target.Storage), exists
            ? $"{why}; '{target}' is the first that can be used."
            : $"{why}; the {target.Source} source and the {target.Storage} storage can be used, and no route joins them.") with
        {
            Route = exists ? target : null,
        };
    }

    /// <summary>Every pair of a source and a storage that routes may join, the usual order of preference first.</summary>
    private static IEnumerable<RouteDefinition> Possible(AcodeEnvironment environment) =>
        from storage in new[] { StorageRole.Primary, StorageRole.Backup }
        from source in new[] { SourceRole.Primary, SourceRole.Backup }
        where environment.FindSource(source) is not null && environment.FindStorage(storage) is not null
        select new RouteDefinition { Name = RouteDefinition.NameOf(source, storage), Source = source, Storage = storage, Connection = "" };

    private static (SourceRole, StorageRole) Ends(RouteDefinition route) => (route.Source, route.Storage);

    private static bool IsUsable(Verdict verdict) => verdict is Verdict.Healthy or Verdict.Degraded;

    private static RecoveryDecision Of(string strategy, string reason) => new() { Strategy = strategy, Reason = reason };
}
