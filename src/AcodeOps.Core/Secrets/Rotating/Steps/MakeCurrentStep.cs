using AcodeOps.Runbooks;

namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>Makes the pending version the current one: from here on whoever asks for the secret gets the new password.</summary>
internal sealed class MakeCurrentStep(RotationPlan plan) : RotationStep(plan)
{
    /// <inheritdoc />
    public override string Name => "make_current";

    /// <inheritdoc />
    public override string Title => $"Make the pending version of {Plan.Reference} the current one";

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        string version = NewVersion(context);
        SecretDescription secret = await DescribeAsync(context, cancel).ConfigureAwait(false);
        if (secret.CurrentVersionId == Plan.CurrentVersionId)
        {
            await MoveLabelAsync(context, SecretLabels.Current, Plan.CurrentVersionId, version, cancel).ConfigureAwait(false);
        }
        else if (secret.CurrentVersionId != version)
        {
            throw RotationRefusals.Outdated(Plan.Reference);
        }

        if (secret.PendingVersionId == version)
        {
            await MoveLabelAsync(context, SecretLabels.Pending, version, null, cancel).ConfigureAwait(false);
        }

        context.Installation.Credentials.Forget(Plan.Reference);
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        string version = NewVersion(context);
        SecretDescription secret = await DescribeAsync(context, cancel).ConfigureAwait(false);
        if (secret.CurrentVersionId != version || secret.PendingVersionId == version)
        {
            return false;
        }

        context.Facts.Set(RotationFacts.CurrentVersion, version);
        context.Tell($"version {version} is current");
        return true;
    }

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        if ((await DescribeAsync(context, cancel).ConfigureAwait(false)).CurrentVersionId == NewVersion(context))
        {
            await MoveLabelAsync(context, SecretLabels.Current, NewVersion(context), Plan.CurrentVersionId, cancel).ConfigureAwait(false);
            context.Tell($"version {Plan.CurrentVersionId} is current again");
        }

        context.Facts.Set<string?>(RotationFacts.CurrentVersion, null);
        context.Installation.Credentials.Forget(Plan.Reference);
    }
}
