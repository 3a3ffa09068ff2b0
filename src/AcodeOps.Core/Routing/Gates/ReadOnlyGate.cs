using AcodeOps.Health;

namespace AcodeOps.Routing.Gates;

/// <summary>A backup that is to feed the lake refuses writes of others: what only it has would be lost on the way back.</summary>
internal sealed class ReadOnlyGate : Gate
{
    /// <inheritdoc />
    public override string Name => "read-only";

    /// <inheritdoc />
    public override bool AppliesTo(GateContext context) => context.IsToReplica;

    /// <inheritdoc />
    public override async Task<FailoverGate> JudgeAsync(GateContext context, CancellationToken cancel)
    {
        ReadOnlyProbe probe = new();
        return Of(await context.LookAsync(probe, probe.Targets(context.Installation.Environment).First()).ConfigureAwait(false), Verdict.Healthy);
    }
}
