using AcodeOps.Reports;
using AcodeOps.Routing;
using AcodeOps.Routing.Gates;
using AcodeOps.Runbooks;
using AcodeOps.Syncs;

namespace AcodeOps.Recovery.Drill;

/// <summary>Looks whether a switch to the standby would be allowed now, by the same conditions. One that is not makes the rehearsal red.</summary>
internal sealed class LookStep(DrillPlan plan) : DrillStep(plan)
{
    /// <summary>The fact that tells when the rehearsal began.</summary>
    public const string BeganAt = "drill_began_at";

    /// <inheritdoc />
    public override string Name => "look";

    /// <inheritdoc />
    public override string Title => $"Look whether {Plan.To} could write";

    /// <inheritdoc />
    public override Task PrepareAsync(StepContext context, CancellationToken cancel)
    {
        context.Facts.Set(BeganAt, context.Now);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        IReadOnlyList<RouteReading> routes = await context.PersistAsync(c => RouteReader.ReadAsync(context.Installation, c), cancel).ConfigureAwait(false);
        if (routes.Any(r => r.Route.IsActive && r.Route.ConnectionId == Plan.To.Connection.ConnectionId))
        {
            throw new AcodeException("PlanOutdated", FailureClass.Refused, $"{Plan.To} has been switched on since the drill was planned.") { Advice = "Rehearse another route.", Subject = Plan };
        }

        (_, IReadOnlyList<FailoverGate> seen) = await PatientGates.JudgeAsync(
            context, new FailoverRequest(), r => new GateContext(context.Installation, r, mayWrite: true, cancel) { To = Plan.To, From = Plan.From, Origin = Plan.Origin }, cancel).ConfigureAwait(false);
        foreach (FailoverGate gate in seen)
        {
            context.Tell(gate.ToString());
        }

        if (seen.Where(g => !g.IsPassed).ToArray() is { Length: > 0 } closed)
        {
            throw new AcodeException(closed[0].ErrorId ?? "GateClosed", FailureClass.Refused,
                $"A switch to route '{Plan.To}' would be refused now. {string.Join(" ", closed.Select(g => $"{ReportText.Capital(g.Name)}: {g.Summary}"))}")
            {
                Advice = string.Join(" ", closed.Select(g => g.Remedy).OfType<string>().Distinct()),
                Subject = closed[0],
            };
        }
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        // What was seen before an interruption counts for nothing afterwards.
        bool isSeen = context.Evidence.Count > 0;
        return Task.FromResult(isSeen);
    }
}
