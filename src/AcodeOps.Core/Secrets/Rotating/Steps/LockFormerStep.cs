namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>Locks the user that logged in before. It is not dropped: it is the one whose turn comes next, with another password.</summary>
internal sealed class LockFormerStep(RotationPlan plan) : GiveUpFormerStep(plan)
{
    /// <inheritdoc />
    public override string Name => "lock_former";

    /// <inheritdoc />
    public override string Title => $"Lock {Plan.Account}";

    /// <inheritdoc />
    protected override Task GiveUpAsync(IServerAccounts accounts, AccountActor actor, CancellationToken cancel) => accounts.LockAsync(actor, Plan.Account!, locked: true, cancel);

    /// <inheritdoc />
    protected override Task RestoreAsync(IServerAccounts accounts, AccountActor actor, Credential former, CancellationToken cancel) =>
        accounts.LockAsync(actor, Plan.Account!, locked: false, cancel);
}
