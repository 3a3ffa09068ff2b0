using AcodeOps.Runbooks;

namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>Proves what has been reached: the former login is refused where it was given up, the new one is accepted, and Airbyte reaches its sources with the copy that it holds.</summary>
internal sealed class ProveRotationStep(RotationPlan plan) : RotationStep(plan)
{
    /// <inheritdoc />
    public override string Name => "prove_rotation";

    /// <inheritdoc />
    public override string Title => "Prove that the new password works, and the former one where it was given up does not";

    /// <inheritdoc />
    public override bool Mutates => false;

    /// <inheritdoc />
    public override bool UndoesOnFailure => false;

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        bool mustBeRefused = Plan.Mode is RotationMode.DualPassword or RotationMode.AlternatingUser;
        bool isOld = await IsLetInAsync(context, await OldAsync(context, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
        bool isNew = await IsLetInAsync(context, await NewAsync(context, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
        if (!isNew || (isOld && mustBeRefused))
        {
            throw RotationRefusals.Refused(
                Source(context), isNew ? "the server still accepts the former password." : "the server does not accept the new password.", "Look at who changed the account meanwhile, then Resume-AcodeRunbook or Undo-AcodeRunbook.");
        }

        foreach (RotatedCopy copy in Plan.Copies)
        {
            TryAtAirbyteStep.Refuse(
                await context.PersistAsync(c => Airbyte(context).CheckAsync(ConfiguredKind.Source, copy.SourceId, c), cancel).ConfigureAwait(false), copy, "with the copy of the password that it holds");
        }

        context.Tell($"the new password is accepted, the former one is {(isOld ? "accepted still: it is the partner's, or the Lambda's, to drop" : "refused")}");
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => Task.FromResult(context.Evidence.Count > 0);
}
