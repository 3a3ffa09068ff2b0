using AcodeOps.Audit;
using AcodeOps.Configuration.Comparing;
using AcodeOps.Runbooks;

namespace AcodeOps.Configuration.Publishing;

/// <summary>A step that makes, changes or deletes one resource.</summary>
internal abstract class ResourceStep(PublicationPlan plan, PlannedResource resource) : PublicationStep(plan)
{
    /// <summary>The resource.</summary>
    protected PlannedResource Resource { get; } = resource;

    /// <summary>The resource as it is to be.</summary>
    protected DesiredResource Desired => Resource.Desired!;

    /// <inheritdoc />
    public override string Name => $"{Resource.Action.ToString().ToLowerInvariant()} {Resource.Place}";

    /// <inheritdoc />
    public override string Title => $"{Resource.Action} {Resource}";

    /// <inheritdoc />
    public override AuditEvent Audit(StepContext context) => Audited(
        (Resource.Kind, Resource.Action) switch
        {
            (ConfiguredKind.Connection, ConfigurationAction.Create) => AuditEventType.ConnectionCreated,
            (ConfiguredKind.Connection, ConfigurationAction.Delete) => AuditEventType.ConnectionDeleted,
            (ConfiguredKind.Connection, _) => AuditEventType.ConnectionModified,
            _ => AuditEventType.ConfigurationChanged,
        },
        $"{Resource.Kind} {Resource.Name}", Resource.Fields);

    /// <summary>No job may run on what the change reaches, and it must be what was planned for.</summary>
    public override async Task CheckAsync(StepContext context, CancellationToken cancel)
    {
        if (Resource.Before is { } before)
        {
            await RunningSyncs.RefuseAsync(context.Installation, [before], cancel).ConfigureAwait(false);
            AirbyteResource? live = await context.PersistAsync(c => Airbyte(context).ReadAsync(before.Kind, before.Id, c), cancel).ConfigureAwait(false);
            bool isAsPlanned = live is not null && IsAs(before, live);

            // An attempt that was cut off may have set it already.
            bool isDone = live is null ? Resource.Action == ConfigurationAction.Delete : Resource.Desired is { } desired && Differences(desired, UndeclaredSecrets.Hide(live)).Count == 0;
            if (!isAsPlanned && !isDone)
            {
                throw Outdated($"The {Resource} has been {(live is null ? "deleted" : "changed")} at Airbyte since this was planned.");
            }
        }
    }

    /// <summary>The failure of a step whose world is another than the plan's.</summary>
    protected AcodeException Outdated(string message) => new("PlanOutdated", FailureClass.Conflict, message)
    {
        Advice = "Look at what was changed, and plan anew: Compare-AcodeConfiguration.",
        Subject = Resource.Path,
    };

    private static bool IsAs(AirbyteResource before, AirbyteResource live)
    {
        IReadOnlyDictionary<string, System.Text.Json.Nodes.JsonNode> then = ResourceFields.Of(before.Kind, before.Name, before.Settings), now = ResourceFields.Of(live.Kind, live.Name, live.Settings);
        return then.Keys.Union(now.Keys).All(field => then.GetValueOrDefault(field)?.ToString() == AirbyteResource.Mask
            ? now.ContainsKey(field) : ResourceFields.AreSame(then.GetValueOrDefault(field), now.GetValueOrDefault(field)));
    }

    /// <summary>Remembers what Airbyte tells, and notes what it writes in its own way.</summary>
    /// <returns>False when a field that was to change shows what it was before.</returns>
    protected bool ReadBack(StepContext context, AirbyteResource read)
    {
        AirbyteResource live = UndeclaredSecrets.Hide(read);
        IReadOnlyList<FieldDifference> differences = [.. Differences(Desired, live).Where(difference => Resource.Action == ConfigurationAction.Create || Resource.Fields.Contains(difference.Field))];
        IReadOnlyDictionary<string, System.Text.Json.Nodes.JsonNode> before = Resource.Before is { } old ? ResourceFields.Of(old.Kind, old.Name, old.Settings) : new Dictionary<string, System.Text.Json.Nodes.JsonNode>();
        IReadOnlyDictionary<string, System.Text.Json.Nodes.JsonNode> now = ResourceFields.Of(live.Kind, live.Name, live.Settings);
        FieldDifference[] unmoved = [.. differences.Where(difference => ResourceFields.AreSame(before.GetValueOrDefault(difference.Field), now.GetValueOrDefault(difference.Field)))];
        foreach (FieldDifference difference in differences)
        {
            context.Tell(unmoved.Contains(difference)
                ? $"Airbyte still has {difference.Field} as {difference.Live ?? "(none)"}."
                : $"Airbyte writes {difference.Field} as {difference.Live ?? "(none)"}.");
        }

        if (unmoved.Length == 0)
        {
            new AppliedFact(live.Id, live).Keep(context.Facts, Resource.Path);
        }

        return unmoved.Length == 0;
    }
}
