using AcodeOps.Runbooks;

namespace AcodeOps.Routing.Steps;

/// <summary>Puts on record what is taken note of: the record itself is the act.</summary>
internal sealed class AcknowledgeStep(AcknowledgementPlan plan) : RunbookStep
{
    /// <inheritdoc />
    public override string Name => "acknowledge";

    /// <inheritdoc />
    public override string Title => "Take note";

    /// <inheritdoc />
    public override bool Mutates => false;

    /// <inheritdoc />
    public override Task ActAsync(StepContext context, CancellationToken cancel)
    {
        foreach (string made in plan.Switches)
        {
            context.Tell(made);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => Task.FromResult(context.Evidence.Count > 0);
}
