using AcodeOps.Runbooks;

namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>
/// Gives the former login up, at the very end: when the new one works, and Airbyte has been given it once more, in case that
/// somebody put the former one back meanwhile.
/// </summary>
internal abstract class GiveUpFormerStep(RotationPlan plan) : RotationStep(plan)
{
    // What came before is proven: it stays, and this is done later.

    /// <inheritdoc />
    public override bool UndoesOnFailure => false;

    /// <summary>Has the server refuse the former login.</summary>
    protected abstract Task GiveUpAsync(IServerAccounts accounts, AccountActor actor, CancellationToken cancel);

    /// <summary>Has the server accept the former login again.</summary>
    protected abstract Task RestoreAsync(IServerAccounts accounts, AccountActor actor, Credential former, CancellationToken cancel);

    /// <inheritdoc />
    public override async Task CheckAsync(StepContext context, CancellationToken cancel)
    {
        if (!await IsLetInAsync(context, await NewAsync(context, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false))
        {
            throw RotationRefusals.Refused(Source(context), "the server does not accept the new password any more: the former one is not given up.", "Look at who changed the account; Undo-AcodeRunbook takes the run back.");
        }
    }

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        await new ReplaceCopiesStep(Plan).ReplaceAsync(context, await NewAsync(context, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
        if (await IsLetInAsync(context, await OldAsync(context, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false))
        {
            await ChangeAsync(context, GiveUpAsync, cancel).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) =>
        !await IsLetInAsync(context, await OldAsync(context, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false)
        && await IsLetInAsync(context, await NewAsync(context, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        Credential old = await OldAsync(context, cancel).ConfigureAwait(false);
        if (!await IsLetInAsync(context, old, cancel).ConfigureAwait(false))
        {
            await ChangeAsync(context, (accounts, actor, c) => RestoreAsync(accounts, actor, old, c), cancel).ConfigureAwait(false);
            context.Tell("the former password is accepted again");
        }
    }
}
