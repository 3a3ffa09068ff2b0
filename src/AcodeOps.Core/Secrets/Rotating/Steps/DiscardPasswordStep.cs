namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>Has the server forget the former password.</summary>
internal sealed class DiscardPasswordStep(RotationPlan plan) : GiveUpFormerStep(plan)
{
    /// <inheritdoc />
    public override string Name => "discard_password";

    /// <inheritdoc />
    public override string Title => $"Have the server forget the former password of {Plan.Account}";

    /// <inheritdoc />
    protected override Task GiveUpAsync(IServerAccounts accounts, AccountActor actor, CancellationToken cancel) => accounts.DiscardOldPasswordAsync(actor, Plan.Account!, cancel);

    /// <inheritdoc />
    protected override Task RestoreAsync(IServerAccounts accounts, AccountActor actor, Credential former, CancellationToken cancel) =>
        accounts.AddPasswordAsync(actor, Plan.Account!, former.Password, cancel);
}
