using AcodeOps.Configuration.Applied;
using AcodeOps.Runbooks;

namespace AcodeOps.Configuration.Publishing;

/// <summary>Puts on record what was applied, so that the next comparison can tell drift from change.</summary>
internal sealed class RecordStep(PublicationPlan plan) : PublicationStep(plan)
{
    private const string Former = "former_record";

    /// <inheritdoc />
    public override string Name => "record";

    /// <inheritdoc />
    public override string Title => "Put on record what was applied";

    /// <inheritdoc />
    public override bool UndoesOnFailure => false;

    /// <inheritdoc />
    public override async Task PrepareAsync(StepContext context, CancellationToken cancel) =>
        context.Facts.Set(Former, await context.PersistAsync(c => Storage(context).ReadLastAsync(Plan.Environment, Plan.Workspace, c), cancel).ConfigureAwait(false));

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        AppliedConfiguration? former = context.Facts.Get<AppliedConfiguration>(Former);
        Dictionary<(ConfiguredKind, Guid), AppliedResource> resources = (former?.Resources ?? []).ToDictionary(resource => (resource.Kind, resource.Id));
        foreach (AppliedResource taken in Plan.TakenOver)
        {
            resources[(taken.Kind, taken.Id)] = taken;
        }

        foreach (PlannedResource planned in Plan.Resources)
        {
            if (planned.Action == ConfigurationAction.Delete)
            {
                resources.Remove((planned.Kind, planned.Before!.Id));
            }
            else if (AppliedFact.Of(context.Facts, planned.Path) is { Live: { } live })
            {
                resources[(live.Kind, live.Id)] = planned.Record is { } then ? then with { Id = live.Id, LiveName = live.Name, Live = live.Settings } : AppliedReading.Of(planned.Desired!, live);
            }
        }

        // A resource that was made anew stands for the one that is gone.
        AppliedResource[] all = [.. resources.Values.GroupBy(resource => (resource.Kind, resource.Path)).Select(same => same.Last())];
        await context.PersistAsync(
            c => Storage(context).WriteAsync(
                new AppliedConfiguration
                {
                    Number = NumberAfter(former),
                    RunId = context.RunId,
                    Environment = Plan.Environment,
                    Workspace = Plan.Workspace,
                    At = context.Now,
                    FingerprintKey = Plan.FingerprintKey,
                    Resources = all,
                },
                c),
            cancel).ConfigureAwait(false);
        context.Tell($"{all.Length} resources.");
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) =>
        (await context.PersistAsync(c => Storage(context).ReadLastAsync(Plan.Environment, Plan.Workspace, c), cancel).ConfigureAwait(false))?.RunId == context.RunId;

    // Records are never overwritten: the former one is written once more, with the number behind this run's own.

    /// <inheritdoc />
    public override Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        AppliedConfiguration? former = context.Facts.Get<AppliedConfiguration>(Former);
        AppliedConfiguration none = new() { Number = 0, RunId = "", Environment = Plan.Environment, Workspace = Plan.Workspace, At = context.Now, Resources = [] };
        AppliedConfiguration again = (former ?? none) with { Number = NumberAfter(former) + 1, RunId = $"{context.RunId}_undone" };
        return context.PersistAsync(c => Storage(context).WriteAsync(again, c), cancel);
    }

    private static long NumberAfter(AppliedConfiguration? former) => (former?.Number ?? 0) + 1;

    private static AppliedStorage Storage(StepContext context) => new(context.Installation.Storage(StorageRole.Audit));
}
