using System.Globalization;
using AcodeOps.Routing.Gates;
using AcodeOps.Runbooks;
using AcodeOps.Syncs;

namespace AcodeOps.Routing.Steps;

/// <summary>
/// Looks once more, right before anything is changed: what was consented to must still hold. Now the storage is written to,
/// by a canary.
/// </summary>
internal sealed class ProbeAgainStep(FailoverPlan plan) : FailoverStep(plan)
{
    // A prompt that was left open over lunch is no consent to the world of now.
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(15);

    // How much more lag than consented to is no other situation.
    private const double LagSlackSeconds = 30;

    /// <inheritdoc />
    public override string Name => "probe_again";

    /// <inheritdoc />
    public override string Title => "Look once more";

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        if (context.Now - Plan.PlannedAt > Freshness)
        {
            throw Outdated($"it is {(context.Now - Plan.PlannedAt).TotalMinutes:0} minutes old");
        }

        IReadOnlyList<RouteReading> routes = await context.PersistAsync(c => RouteReader.ReadAsync(context.Installation, c), cancel).ConfigureAwait(false);
        string[] active = [.. routes.Where(r => r.Route.IsActive && r.Route.ConnectionId != Plan.To.Connection.ConnectionId).Select(r => r.Route.Name)];
        if (active.Except(Plan.From.Select(r => r.Route.Name)).ToArray() is { Length: > 0 } others)
        {
            throw Outdated($"{string.Join(" and ", others)} has been switched on since");
        }

        // Another operator was quicker, and is done: the same switch again would only sync once more.
        if (!Plan.To.Route.IsActive && routes.Any(r => r.Route.IsActive && r.Route.ConnectionId == Plan.To.Connection.ConnectionId))
        {
            throw Outdated($"{Plan.To} has been switched on since");
        }

        // The time for it is the step's own: both looks at once.
        Task outage = Plan.IsAutomatic ? OutageStillThere.EnsureAsync(Plan, context, cancel) : Task.CompletedTask;
        FailoverRequest request = new() { StatePolicy = Plan.StatePolicy, AllowDataLoss = Plan.AllowsDataLoss };
        (GateContext gates, IReadOnlyList<FailoverGate> seen) = await PatientGates.JudgeAsync(
            context, request, r => new GateContext(context.Installation, r, mayWrite: true, cancel) { To = Plan.To, From = Plan.From, Origin = Plan.Origin }, cancel).ConfigureAwait(false);
        await outage.ConfigureAwait(false);
        foreach (FailoverGate gate in seen)
        {
            context.Tell(gate.ToString());
            if (!gate.IsPassed)
            {
                throw new AcodeException(gate.ErrorId ?? "GateClosed", FailureClass.Refused, $"Since it was planned the switch has become impossible. {gate.Name}: {gate.Summary}")
                {
                    Advice = gate.Remedy,
                    Subject = gate,
                };
            }
        }

        if (gates.IsToReplica && ReplicaGate.LagSeconds(await gates.ReplicationAsync().ConfigureAwait(false)) is var lag && !(lag <= (Plan.LagSeconds ?? double.MaxValue) + LagSlackSeconds || Plan.LagSeconds is null))
        {
            throw Outdated(lag is null ? "how far the replica is behind is not known any more" : string.Create(CultureInfo.InvariantCulture, $"the replica is now {lag:0} s behind instead of {Plan.LagSeconds:0} s"));
        }
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        // What was seen before an interruption counts for nothing afterwards.
        bool isSeen = context.Evidence.Count > 0;
        return Task.FromResult(isSeen);
    }

    private AcodeException Outdated(string why) => new("PlanOutdated", FailureClass.Refused, $"The plan does not hold any more: {why}.")
    {
        Advice = "Plan anew: run the command again.",
        Subject = Plan,
    };
}
