using AcodeOps.Health;

namespace AcodeOps.Routing.Gates;

/// <summary>The source of the new route answers.</summary>
internal sealed class TargetSourceGate : Gate
{
    /// <inheritdoc />
    public override string Name => "target source";

    /// <inheritdoc />
    public override async Task<FailoverGate> JudgeAsync(GateContext context, CancellationToken cancel) =>
        Of(await context.LookAsync(new SourceProbe(), context.To.Route.Source.TargetName()).ConfigureAwait(false), Verdict.Healthy);
}
