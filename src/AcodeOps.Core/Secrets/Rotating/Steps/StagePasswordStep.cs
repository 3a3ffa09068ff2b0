using AcodeOps.Runbooks;

namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>
/// Makes the new password, or takes the one that was handed over, and keeps it as the secret's pending version: the only place
/// where it is until it is current.
/// </summary>
internal sealed class StagePasswordStep(RotationPlan plan, Credential? handedOver) : RotationStep(plan)
{
    /// <inheritdoc />
    public override string Name => "stage_password";

    /// <inheritdoc />
    public override string Title => Plan.IsHandedOver ? "Keep the password that was handed over as the pending version" : "Make a new password and keep it as the pending version";

    /// <inheritdoc />
    public override async Task CheckAsync(StepContext context, CancellationToken cancel)
    {
        SecretDescription secret = await DescribeAsync(context, cancel).ConfigureAwait(false);
        if (secret.CurrentVersionId != Plan.CurrentVersionId)
        {
            throw RotationRefusals.Outdated(Plan.Reference);
        }

        if (secret.PendingVersionId is { } pending && pending != NewVersion(context) && pending != secret.CurrentVersionId)
        {
            throw RotationRefusals.PendingStale(Plan.Reference, pending);
        }

        if (handedOver is not null && !await IsLetInAsync(context, handedOver.At(await OldAsync(context, cancel).ConfigureAwait(false)), cancel).ConfigureAwait(false))
        {
            throw RotationRefusals.Refused(Source(context), "the server does not accept the password that was handed over.", "Ask the partner again. Nothing was changed.");
        }
    }

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        string version = NewVersion(context);
        Credential? kept = await PersistSecretAsync(context, (versions, c) => versions.ReadAsync(Plan.Reference, version, c), cancel).ConfigureAwait(false);
        if (kept is null)
        {
            Credential made = handedOver ?? (Plan.IsHandedOver ? throw RotationRefusals.VersionGone(Plan.Reference, version) : new Credential
            {
                Reference = Plan.Reference,
                UserName = Plan.Mode == RotationMode.AlternatingUser ? Plan.NextAccount!.User : null,
                Password = NewPassword.Make(),
            });
            await PersistSecretAsync(
                context,
                async (versions, c) =>
                {
                    await versions.StageAsync(Plan.Reference, version, made, c).ConfigureAwait(false);
                    return true;
                },
                cancel).ConfigureAwait(false);
        }
        else if ((await DescribeAsync(context, cancel).ConfigureAwait(false)).PendingVersionId != version)
        {
            // Made before, and its label was taken off in between.
            await MoveLabelAsync(context, SecretLabels.Pending, null, version, cancel).ConfigureAwait(false);
        }

        context.Facts.Set(RotationFacts.NewVersion, version);
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        string version = NewVersion(context);
        if ((await DescribeAsync(context, cancel).ConfigureAwait(false)).PendingVersionId != version)
        {
            return false;
        }

        // The handed-over login may be another user's.
        context.Facts.Set(RotationFacts.UserName, (await NewAsync(context, cancel).ConfigureAwait(false)).UserName);
        context.Facts.Set(RotationFacts.NewVersion, version);
        context.Tell($"version {version} is pending");
        return true;
    }

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        string version = NewVersion(context);
        if ((await DescribeAsync(context, cancel).ConfigureAwait(false)).PendingVersionId == version)
        {
            await MoveLabelAsync(context, SecretLabels.Pending, version, null, cancel).ConfigureAwait(false);
            context.Tell("no version is pending any more");
        }
    }
}
