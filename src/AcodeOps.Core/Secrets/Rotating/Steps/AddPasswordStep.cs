using AcodeOps.Runbooks;

namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>Has the server accept the new password beside the present one.</summary>
internal sealed class AddPasswordStep(RotationPlan plan) : RotationStep(plan)
{
    /// <inheritdoc />
    public override string Name => "add_password";

    /// <inheritdoc />
    public override string Title => $"Have the server accept the new password beside the present one for {Plan.Account}";

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        Credential made = await NewAsync(context, cancel).ConfigureAwait(false);
        await ChangeAsync(context, (accounts, actor, c) => accounts.AddPasswordAsync(actor, Plan.Account!, made.Password, c), cancel).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        // The refused login first: a good one afterwards keeps the server from counting it.
        bool isNew = await IsLetInAsync(context, await NewAsync(context, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
        bool isOld = await IsLetInAsync(context, await OldAsync(context, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
        if (isNew && isOld)
        {
            context.Tell("both passwords are accepted");
        }

        return isNew && isOld;
    }

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        Credential old = await OldAsync(context, cancel).ConfigureAwait(false);
        if (!await IsLetInAsync(context, await NewAsync(context, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false)
            && await IsLetInAsync(context, old, cancel).ConfigureAwait(false))
        {
            return;
        }

        await LaterJobs.AwaitAsync(context, cancel).ConfigureAwait(false);
        await ChangeAsync(context, (accounts, actor, c) => accounts.KeepOnlyPasswordAsync(actor, Plan.Account!, old.Password, c), cancel).ConfigureAwait(false);
        context.Tell("only the former password is accepted");
    }
}
