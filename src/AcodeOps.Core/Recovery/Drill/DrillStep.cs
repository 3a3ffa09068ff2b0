using AcodeOps.Audit;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Drill;

/// <summary>A step of a rehearsal.</summary>
internal abstract class DrillStep(DrillPlan plan) : RunbookStep
{
    /// <summary>The fact that keeps the id of the shadow connection.</summary>
    public const string ShadowId = "shadow_connection";

    /// <summary>What was consented to.</summary>
    protected DrillPlan Plan { get; } = plan;

    /// <summary>The route of the rehearsal.</summary>
    protected ShadowRoute Shadow(StepContext context) => new(Plan, context.RunId);

    /// <summary>The same with the connection that was made for it.</summary>
    protected PlannedRoute Planned(StepContext context) => Shadow(context).ToPlanned(context.Facts.Get<Guid>(ShadowId));

    /// <summary>Removes what the rehearsal has made.</summary>
    protected ShadowRemoval Removal(StepContext context) => new(context, Shadow(context), context.Installation.Storage(Plan.To.Route.Storage));

    /// <summary>What the audit trail is told of a change to the shadow connection.</summary>
    protected AuditEvent Audited(StepContext context, AuditEventType type, string change) => new()
    {
        EventType = type,
        Subject = $"Connection {Shadow(context).ConnectionName}",
        Reason = Plan.Title,
        Details = new Dictionary<string, object?> { ["change"] = change, ["drill"] = true, ["route"] = Plan.To.Route.Name, ["step"] = Name },
    };
}
