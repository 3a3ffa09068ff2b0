using AcodeOps.Configuration;
using AcodeOps.Runbooks;

namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>Looks whether the present password works, here and at Airbyte: what is broken already must not be taken for the rotation's doing.</summary>
internal sealed class CheckPresentStep(RotationPlan plan) : RotationStep(plan)
{
    /// <inheritdoc />
    public override string Name => "check_present";

    /// <inheritdoc />
    public override string Title => "Look whether the present password works";

    /// <inheritdoc />
    public override bool Mutates => false;

    /// <inheritdoc />
    public override bool UndoesOnFailure => true;

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        Credential old = await OldAsync(context, cancel).ConfigureAwait(false);
        AccountName account = await context.PersistAsync(c => Accounts(context).LogInAsync(old, c), cancel).ConfigureAwait(false);
        if (Plan.Account is not null && account != Plan.Account)
        {
            throw RotationRefusals.Refused(Source(context), $"the server now takes the login for {account}, and the plan is for {Plan.Account}.", "Plan anew.");
        }

        foreach (RotatedCopy copy in Plan.Copies)
        {
            ConnectorCheck check = await context.PersistAsync(c => Airbyte(context).CheckAsync(ConfiguredKind.Source, copy.SourceId, c), cancel).ConfigureAwait(false);
            TryAtAirbyteStep.Refuse(check, copy, "with the password that it has");
        }

        context.Tell($"{account} logs in{(Plan.Copies.Count > 0 ? ", and Airbyte does" : "")}.");
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => Task.FromResult(context.Evidence.Count > 0);
}
