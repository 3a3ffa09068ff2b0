namespace AcodeOps.Routing.Gates;

/// <summary>There is a place for what a stopped snapshot leaves half-written.</summary>
internal sealed class QuarantineGate : Gate
{
    /// <inheritdoc />
    public override string Name => "quarantine";

    /// <inheritdoc />
    public override bool AppliesTo(GateContext context) => context.From.Append(context.Origin).OfType<PlannedRoute>().Any(route => route.SnapshotStreams.Any());

    /// <inheritdoc />
    public override async Task<FailoverGate> JudgeAsync(GateContext context, CancellationToken cancel)
    {
        if (context.Installation.Environment.FindStorage(StorageRole.Quarantine) is not { } storage)
        {
            return Closed(Verdict.Failed, "StorageNotDefined", "The environment has no Quarantine storage: a half-written snapshot could not be moved out of the lake.",
                $"Add storages.quarantine to {context.Installation.Environment.Path}.");
        }

        await foreach (StoredObject _ in context.Installation.Storage(StorageRole.Quarantine).ListAsync(storage.Prefix, cancel: cancel).ConfigureAwait(false))
        {
            break;
        }

        return Passed($"{storage} takes what a stopped snapshot left.");
    }
}
