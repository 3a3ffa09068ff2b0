using AcodeOps.Audit;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Drill;

/// <summary>Deletes the objects of the rehearsal.</summary>
internal sealed class RemoveShadowObjectsStep(DrillPlan plan) : DrillStep(plan)
{
    /// <inheritdoc />
    public override string Name => "remove_shadow_objects";

    /// <inheritdoc />
    public override string Title => "Delete the drill's objects";

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromMinutes(30);

    /// <inheritdoc />
    public override AuditEvent Audit(StepContext context) => new()
    {
        EventType = AuditEventType.DisasterRecoveryDrill,
        Subject = $"Objects under {Shadow(context).Location(context.Now)}",
        Reason = Plan.Title,
        Details = new Dictionary<string, object?> { ["change"] = "objects of a drill deleted", ["drill"] = true, ["route"] = Plan.To.Route.Name, ["step"] = Name },
    };

    /// <inheritdoc />
    public override Task ActAsync(StepContext context, CancellationToken cancel) => Removal(context).RemoveObjectsAsync(cancel);

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) =>
        context.Facts.Get<DrillCleanUp>(ShadowRemoval.CleanUp) is { IsDone: true } && await Removal(context).IsDoneAsync(cancel).ConfigureAwait(false);
}
