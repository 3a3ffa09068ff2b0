using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Runbooks;

namespace AcodeOps.Configuration.Publishing;

/// <summary>
/// Sets Airbyte's configuration: keeps what is there; lets Airbyte try what changes; makes and changes sources and
/// destinations, then connections; writes states; deletes; puts on record. What fails is taken back.
/// </summary>
/// <param name="plan">What was consented to.</param>
public sealed class PublicationRunbook(PublicationPlan plan) : Runbook
{
    /// <summary>The kind.</summary>
    public const string Kind = "publish_configuration";

    /// <inheritdoc />
    public override string Name => Kind;

    /// <inheritdoc />
    public override string Title => plan.Title;

    /// <inheritdoc />
    public override object Plan => plan;

    /// <inheritdoc />
    public override JsonNode PlanJson => JsonSerializer.SerializeToNode(plan, StepFacts.Json)!;

    /// <inheritdoc />
    public override AuditEventType EventType => AuditEventType.ConfigurationChanged;

    /// <inheritdoc />
    public override IReadOnlyList<RunbookStep> Steps { get; } = [.. StepsOf(plan)];

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, object?> Details(StepFacts facts) => new Dictionary<string, object?>
    {
        ["from"] = plan.From,
        ["workspace"] = plan.Workspace,
        ["backup"] = facts.Get<string>(ArchiveStep.Key),
    };

    /// <inheritdoc />
    public override object? Result(StepFacts facts) => new PublicationResult(
        facts.Get<string>(ArchiveStep.Key),
        [
            .. plan.Resources.Where(resource => resource.Action != ConfigurationAction.Delete && AppliedFact.Of(facts, resource.Path) is not null)
                .Select(resource => new PublishedResource(resource.Kind, resource.Path, resource.Name, AppliedFact.Of(facts, resource.Path)!.Id)),
        ]);

    private static IEnumerable<RunbookStep> StepsOf(PublicationPlan plan)
    {
        PlannedResource[] changed = [.. plan.Resources.Where(resource => resource.Action != ConfigurationAction.Delete)];
        PlannedResource[] deleted = [.. plan.Resources.Except(changed)];
        RunbookStep[] first = plan.Resources.Count + plan.States.Count > 0 ? [new ArchiveStep(plan)] : [];
        return
        [
            .. first,
            .. changed.Where(resource => resource is { Action: ConfigurationAction.Update, Kind: not ConfiguredKind.Connection, Fields: not [Comparing.ResourceFields.Name] }).Select(resource => new CheckStep(plan, resource)),
            .. changed.OrderBy(resource => resource.Kind).Select(resource => StepOf(plan, resource)),
            .. plan.States.Select(state => new WriteStateStep(plan, state)),
            .. deleted.OrderByDescending(resource => resource.Kind).Select(resource => new DeleteStep(plan, resource)),
            new RecordStep(plan),
        ];
    }

    private static RunbookStep StepOf(PublicationPlan plan, PlannedResource resource) => resource switch
    {
        { Action: ConfigurationAction.Create } => new CreateStep(plan, resource),
        { Kind: ConfiguredKind.Connection } => new ChangeConnectionStep(plan, resource),
        _ => new ReplaceStep(plan, resource),
    };
}
