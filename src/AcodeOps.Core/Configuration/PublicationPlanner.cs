using System.Text.Json.Nodes;
using AcodeOps.Configuration.Applied;
using AcodeOps.Configuration.Comparing;
using AcodeOps.Configuration.Publishing;

namespace AcodeOps.Configuration;

/// <summary>Makes the plan of setting Airbyte as the files say, or refuses what must not be done. Changes nothing.</summary>
/// <param name="installation">The installation.</param>
public sealed class PublicationPlanner(IInstallation installation)
{
    /// <summary>Plans it.</summary>
    /// <exception cref="AcodeException">
    /// <c>ConfigurationInvalid</c>, <c>ResourceAmbiguous</c>, <c>ConfigurationConflict</c>, <c>ConnectionEndsFixed</c>,
    /// <c>StateWouldBeReset</c>, <c>SecretMissing</c>, <c>ScheduleNotWritable</c>, <c>StreamsMissing</c>, <c>SyncRunning</c>; or why Airbyte did not answer.
    /// </exception>
    public async Task<PublicationPlan> PlanAsync(ConfigurationProject project, PublicationOptions options, CancellationToken cancel)
    {
        ConfigurationComparison comparison = await new ConfigurationComparer(installation)
            .CompareAsync(project, new ComparisonOptions { IncludeSecrets = true, Prune = options.Prune }, cancel).ConfigureAwait(false);
        return await PlanAsync(comparison, project.Folder, options, cancel).ConfigureAwait(false);
    }

    /// <summary>Plans what a comparison has found.</summary>
    internal async Task<PublicationPlan> PlanAsync(ConfigurationComparison comparison, string from, PublicationOptions options, CancellationToken cancel)
    {
        PublicationRefusals.Refuse(comparison, options);
        List<PlannedResource> resources = [];
        List<string> notes = [.. comparison.Warnings];
        foreach (ResourcePair pair in comparison.Pairs.Where(pair => pair.Action != ConfigurationAction.Leave))
        {
            resources.Add(Planned(pair, resources, comparison.Pairs, notes));
        }

        await RunningSyncs.RefuseAsync(installation, [.. resources.Select(resource => resource.Before).OfType<AirbyteResource>()], cancel).ConfigureAwait(false);
        return new PublicationPlan
        {
            Environment = installation.Environment.Name,
            Workspace = comparison.Workspace,
            From = from,
            PlannedAt = installation.Clock.GetUtcNow(),
            Changes = comparison.Changes,
            Notes = notes,
            Resources = resources,
            TakenOver = await TakenOverAsync(comparison, cancel).ConfigureAwait(false),
            Ids = comparison.Pairs.Where(pair => pair is { Desired: not null, Live: not null }).ToDictionary(pair => pair.Desired!.Path, pair => pair.Live!.Id),
            FingerprintKey = comparison.FingerprintKey,
        };
    }

    private PlannedResource Planned(ResourcePair pair, List<PlannedResource> planned, IReadOnlyList<ResourcePair> pairs, List<string> notes)
    {
        ConfigurationChange[] changes = [.. pair.Changes.Where(change => change.Action == pair.Action)];
        if (changes.Any(change => change.IsSecret && change.Action == ConfigurationAction.Update))
        {
            notes.Add($"Taken back, {pair.Kind.ToString().ToLowerInvariant()} '{pair.Name}' keeps its new secrets: Airbyte does not give the old ones back.");
        }

        return new PlannedResource
        {
            Action = pair.Action,

            // Made anew, it has no secret that a mask could stand for.
            Desired = pair.Action == ConfigurationAction.Create ? Made(pair.Desired! with { Settings = SettingPath.WithReferences(pair.Desired!.Settings, pair.Desired.References) }, planned, pairs, notes) : pair.Action == ConfigurationAction.Delete ? null : pair.Desired,
            // What is sent back to Airbyte must not hold the name of a secret's version in the secret's place.
            Before = pair.Live is { } live ? live with { Settings = SettingPath.Masked(live.Settings, pair.Desired?.SecretPaths ?? []) } : null,
            Path = pair.Desired?.Path ?? pair.Applied!.Path,
            Fields = [.. changes.Select(change => change.Field).OfType<string>()],
            ResetsState = changes.Any(change => change.ResetsState),
        };
    }

    // Only one route may write: a new one is made active only where no other is.
    private DesiredResource Made(DesiredResource desired, List<PlannedResource> planned, IReadOnlyList<ResourcePair> pairs, List<string> notes)
    {
        bool wantsToWrite = desired.Kind == ConfiguredKind.Connection && IsRoute(desired.Name) && IsActive(desired.Settings);
        bool anotherWrites = pairs.Any(pair => pair is { Kind: ConfiguredKind.Connection, Live: { } live } && IsRoute(live.Name, live.Id) && IsActive(live.Settings))
            || planned.Any(other => other is { Action: ConfigurationAction.Create, Desired: { Kind: ConfiguredKind.Connection } made } && IsRoute(made.Name) && IsActive(made.Settings));
        if (!wantsToWrite || !anotherWrites)
        {
            return desired;
        }

        notes.Add($"Connection '{desired.Name}' is made inactive, although its file says active: another route writes. Invoke-AcodeFailover switches.");
        JsonObject settings = desired.Settings.DeepClone().AsObject();
        settings["status"] = "inactive";
        return desired with { Settings = settings };
    }

    private bool IsRoute(string name, Guid? id = null) => installation.Environment.Routes.Any(route => route.Means(name, id));

    private static bool IsActive(JsonObject settings) => settings["status"]?.ToString() == "active";

    private async Task<IReadOnlyList<AppliedResource>> TakenOverAsync(ConfigurationComparison comparison, CancellationToken cancel)
    {
        List<AppliedResource> taken = [];
        foreach (ResourcePair pair in comparison.Pairs.Where(pair => pair is { Action: ConfigurationAction.Leave, Desired: not null, Live: not null } && pair.Applied?.Path != pair.Desired.Path))
        {
            AirbyteResource live = pair.Desired!.SecretPaths.Count > 0
                ? await installation.Airbyte.Resources.ReadAsync(pair.Kind, pair.Live!.Id, cancel).ConfigureAwait(false) ?? pair.Live : pair.Live!;
            taken.Add(AppliedReading.Of(pair.Desired, UndeclaredSecrets.Hide(live)));
        }

        return taken;
    }
}
