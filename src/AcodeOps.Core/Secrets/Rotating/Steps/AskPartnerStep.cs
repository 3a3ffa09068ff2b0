using AcodeOps.Runbooks;

namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>Puts the request to the partner on record. Nothing is sent, and the server is not asked.</summary>
internal sealed class AskPartnerStep(RotationPlan plan) : RotationStep(plan)
{
    /// <inheritdoc />
    public override string Name => "ask_partner";

    /// <inheritdoc />
    public override string Title => "Write the request to the partner";

    /// <inheritdoc />
    public override bool Mutates => false;

    /// <inheritdoc />
    public override Task ActAsync(StepContext context, CancellationToken cancel)
    {
        context.Tell("The request is in the run's Result.Request. Nothing was changed.");
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => Task.FromResult(true);
}
