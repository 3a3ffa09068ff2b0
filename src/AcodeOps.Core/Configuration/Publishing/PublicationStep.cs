using AcodeOps.Audit;
using AcodeOps.Runbooks;

namespace AcodeOps.Configuration.Publishing;

/// <summary>A step of setting Airbyte's configuration.</summary>
internal abstract class PublicationStep(PublicationPlan plan) : RunbookStep
{
    /// <summary>What was consented to.</summary>
    protected PublicationPlan Plan { get; } = plan;

    // Airbyte may start a pod to look at the source's tables, or to try a connection.

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromMinutes(10);

    /// <summary>The resources of the installation's Airbyte.</summary>
    protected static IAirbyteResources Airbyte(StepContext context) => context.Installation.Airbyte.Resources;

    /// <summary>The id of a resource by its path, one that is there or one that this run has made; null for neither.</summary>
    protected Guid? IdOf(StepContext context, string? path) =>
        path is null ? null : AppliedFact.Of(context.Facts, path)?.Id ?? (Plan.Ids.TryGetValue(path, out Guid known) ? known : null);

    /// <summary>What the audit trail is told of a change.</summary>
    protected AuditEvent Audited(AuditEventType type, string subject, IReadOnlyList<string> fields) => new()
    {
        EventType = type,
        Subject = subject,
        Reason = Plan.Title,
        Details = new Dictionary<string, object?> { ["from"] = Plan.From, ["fields"] = string.Join(", ", fields), ["step"] = Name },
    };

    /// <summary>The differences between what is to be and what Airbyte tells, but for secrets, which it does not tell.</summary>
    protected static IReadOnlyList<Comparing.FieldDifference> Differences(Comparing.DesiredResource desired, AirbyteResource live) =>
    [
        .. new Comparing.FieldComparison(
            new Comparing.ResourcePair(desired, live, null), Connectors.ConnectorSpecifications.Find(desired.DefinitionId)?.Defaults(live.Settings) ?? new Dictionary<string, System.Text.Json.Nodes.JsonNode>(), canTellSecrets: false)
            .Differences().Where(difference => !difference.IsSecret),
    ];
}
