using AcodeOps.Runbooks;

namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>Has the secret's Lambda rotate it, and waits until its version is the current one.</summary>
internal sealed class RunLambdaStep(RotationPlan plan) : RotationStep(plan)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public override string Name => "run_lambda";

    /// <inheritdoc />
    public override string Title => $"Have the Lambda of {Plan.Reference} rotate it";

    // A Lambda may run for 15 minutes.

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromMinutes(16);

    // The Lambda goes on by itself: whoever stops the wait resumes it.

    /// <inheritdoc />
    public override bool UndoesOnFailure => false;

    /// <inheritdoc />
    public override async Task CheckAsync(StepContext context, CancellationToken cancel)
    {
        SecretDescription secret = await DescribeAsync(context, cancel).ConfigureAwait(false);
        if (!context.Facts.Has(RotationFacts.NewVersion) && secret.CurrentVersionId != Plan.CurrentVersionId)
        {
            throw RotationRefusals.Outdated(Plan.Reference);
        }
    }

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        if (!context.Facts.Has(RotationFacts.NewVersion))
        {
            // The same token for every attempt: the Lambda is not started twice.
            string token = NewVersion(context);
            context.Facts.Set(RotationFacts.NewVersion, await PersistSecretAsync(context, (versions, c) => versions.RotateAsync(Plan.Reference, Plan.Lambda!, token, c), cancel).ConfigureAwait(false));
            await context.SaveAsync(cancel).ConfigureAwait(false);
        }

        context.Report("Waiting for the Lambda");
        while (!await VerifyAsync(context, cancel).ConfigureAwait(false))
        {
            await Task.Delay(Pause, context.Installation.Clock, cancel).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        string version = NewVersion(context);
        if ((await DescribeAsync(context, cancel).ConfigureAwait(false)).CurrentVersionId != version)
        {
            return false;
        }

        context.Facts.Set(RotationFacts.NewVersion, version);
        context.Facts.Set(RotationFacts.CurrentVersion, version);
        context.Facts.Set(RotationFacts.UserName, (await NewAsync(context, cancel).ConfigureAwait(false)).UserName);
        context.Installation.Credentials.Forget(Plan.Reference);
        return true;
    }

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        if ((await DescribeAsync(context, cancel).ConfigureAwait(false)).CurrentVersionId != Plan.CurrentVersionId)
        {
            throw RotationRefusals.Refused(Source(context), "it cannot be taken back: the Lambda has changed the password at the server.", "Complete the run: Resume-AcodeRunbook.");
        }

        context.Tell("the secret is as it was; whether the Lambda still works on it is for the Lambda's log to tell");
    }
}
