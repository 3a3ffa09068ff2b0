using AcodeOps.Runbooks;

namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>Gives the user whose turn it is the new password, and all that the present one may do.</summary>
internal sealed class MakeTwinStep(RotationPlan plan) : RotationStep(plan)
{
    /// <inheritdoc />
    public override string Name => "make_twin";

    /// <inheritdoc />
    public override string Title => $"Give {Plan.NextAccount} the new password and the rights of {Plan.Account}";

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        Credential made = await NewAsync(context, cancel).ConfigureAwait(false);
        await ChangeAsync(context, (accounts, actor, c) => accounts.MakeTwinAsync(actor, Plan.Account!, Plan.NextAccount!, made.Password, c), cancel).ConfigureAwait(false);
    }

    // The password is its first: only the whole of it is a twin, so it is made again where it was cut off.

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        if (!await IsLetInAsync(context, await NewAsync(context, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false))
        {
            return false;
        }

        context.Tell($"{Plan.NextAccount} logs in");
        return true;
    }

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        await LaterJobs.AwaitAsync(context, cancel).ConfigureAwait(false);
        await ChangeAsync(context, (accounts, actor, c) => accounts.LockAsync(actor, Plan.NextAccount!, locked: true, c), cancel).ConfigureAwait(false);
        context.Tell($"{Plan.NextAccount} is locked");
    }
}
