using AcodeOps.Configuration;
using AcodeOps.Runbooks;

namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>
/// Replaces the copies of the password that Airbyte keeps. A sync that runs goes on with what it began with, and what it began
/// with stays valid until it has ended.
/// </summary>
internal sealed class ReplaceCopiesStep(RotationPlan plan) : RotationStep(plan)
{
    /// <inheritdoc />
    public override string Name => "replace_copies";

    /// <inheritdoc />
    public override string Title => $"Replace Airbyte's copy: {string.Join(", ", Plan.Copies)}";

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        await ReplaceAsync(context, await NewAsync(context, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
        await ConnectionJobs.RememberAsync(context, Plan, cancel).ConfigureAwait(false);

        // What became of a secret does not show: only the answers tell that all were taken.
        context.Facts.Set(RotationFacts.Replaced, true);
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => Task.FromResult(context.Facts.Get<bool>(RotationFacts.Replaced));

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        Credential old = await OldAsync(context, cancel).ConfigureAwait(false);
        if (Plan.Mode == RotationMode.Lambda || !await IsLetInAsync(context, old, cancel).ConfigureAwait(false))
        {
            throw RotationRefusals.Refused(Source(context), "it cannot be taken back: the former password is not this run's to bring back, and Airbyte would be shut out with it.", "Complete the run: Resume-AcodeRunbook.");
        }

        await ReplaceAsync(context, old, cancel).ConfigureAwait(false);
        await LaterJobs.RememberAsync(context, Plan, cancel).ConfigureAwait(false);
        context.Facts.Set(RotationFacts.Replaced, false);
        context.Tell("Airbyte has the former password again");
    }

    /// <summary>Sets every copy to a login. Doing it again changes nothing.</summary>
    public async Task ReplaceAsync(StepContext context, Credential login, CancellationToken cancel)
    {
        foreach (RotatedCopy copy in Plan.Copies)
        {
            AirbyteResource live = await TryAtAirbyteStep.ReadAsync(context, copy, cancel).ConfigureAwait(false);
            string? user = UserOf(context, login);
            await context.PersistAsync(
                c => Airbyte(context).ReplaceAsync(ConfiguredKind.Source, copy.SourceId, live.Name, AirbyteCopy.With(live, user, login.Password), c), cancel).ConfigureAwait(false);
            context.Tell($"'{copy}' logs in as '{user}'");
        }
    }
}
