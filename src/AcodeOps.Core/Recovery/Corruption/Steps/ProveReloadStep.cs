using System.Globalization;
using AcodeOps.Routing;
using AcodeOps.Routing.Steps;
using AcodeOps.Runbooks;
using AcodeOps.Syncs;

namespace AcodeOps.Recovery.Corruption.Steps;

/// <summary>
/// Proves that what was quarantined is in the lake again: by a cursor, as many rows as the source has from where it was set back
/// to where it stood, and of the quarantined keys every one that the source still has. A whole snapshot was proven by its own
/// count before. Keys that the source does not have are the rows that are lost, to the row.
/// </summary>
internal sealed class ProveReloadStep(ReloadPlan reload) : FailoverStep(reload.Switch)
{
    /// <summary>The fact that keeps what was loaded.</summary>
    public const string Reloaded = "reloaded";

    // Each missing key is one question to the source, by its key: so many are asked for.
    private const int MostQuestions = 5_000;
    private const int QuestionsAtOnce = 4;

    /// <inheritdoc />
    public override string Name => "prove_reload";

    /// <inheritdoc />
    public override string Title => "Prove that nothing is missing";

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromMinutes(30);

    /// <inheritdoc />
    public override bool Mutates => false;

    /// <inheritdoc />
    public override bool IsProof => true;

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        ConnectionStream stream = reload.StreamOf();
        TableDefinition table = context.Installation.Environment.TableOf(stream);
        LandedStream landed = await ReloadedObjects.ReadAsync(context, reload, cancel).ConfigureAwait(false);
        ILakeReader lake = context.Installation.Lake;
        if (context.Facts.Get<SetBackCursor>(SetCursorBackStep.Cursor) is { } cursor)
        {
            IReadOnlySet<string>? due = await context.PersistAsync(
                c => LakeKeys.ReadAsync(lake, Lake(context), landed.Objects, table.Key, cursor.Field, cursor.Old, c), cancel).ConfigureAwait(false);
            await EnsureCompleteAsync(context, table, cursor, due?.Count, cancel).ConfigureAwait(false);
        }

        IReadOnlyList<StoredObject> moved = await QuarantinePartitionStep.MovedAsync(context, cancel).ConfigureAwait(false);
        IReadOnlySet<string>? was = await context.PersistAsync(
            c => LakeKeys.ReadAsync(lake, context.Installation.Storage(StorageRole.Quarantine), moved, table.Key, cursor: null, upTo: null, c), cancel).ConfigureAwait(false);
        IReadOnlySet<string>? now = was is null ? null : await context.PersistAsync(
            c => LakeKeys.ReadAsync(lake, Lake(context), landed.Objects, table.Key, cursor: null, upTo: null, c), cancel).ConfigureAwait(false);
        long? lost = was is null || now is null ? null : await LostAsync(context, table, [.. was.Except(now)], cancel).ConfigureAwait(false);
        context.Tell(string.Create(CultureInfo.InvariantCulture,
            $"{stream.Name}: {landed.Rows:N0} rows loaded anew; {(lost is null ? "whether quarantined rows are lost is not known to the row" : $"{lost:N0} quarantined keys are not in the source")}"));
        context.Facts.Set(Reloaded, new ReloadSummary { Objects = landed.Objects.Count, Rows = landed.Rows, RowsLost = lost, ProvenAt = context.Now });
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => Task.FromResult(context.Facts.Has(Reloaded));

    private IObjectStore Lake(StepContext context) => context.Installation.Storage(reload.Storage);

    /// <summary>As many rows as the source has of what was to be read again; rows that were committed late, with older times, may be a very few more.</summary>
    private async Task EnsureCompleteAsync(StepContext context, TableDefinition table, SetBackCursor cursor, int? landed, CancellationToken cancel)
    {
        string from = cursor.New ?? (CursorTime.Parse(cursor.Old) is null ? long.MinValue.ToString(CultureInfo.InvariantCulture) : "0001-01-01");
        ISource source = context.Installation.Source(Plan.To.Route.Source);
        long expected;
        try
        {
            expected = await context.PersistAsync(c => source.CountCursorAsync(table, cursor.Field, from, including: true, cursor.Old, c), cancel).ConfigureAwait(false);
        }
        catch (AcodeException failure)
        {
            context.Tell($"The source's own count could not be had: {failure.Message}");
            return;
        }

        context.Tell(string.Create(CultureInfo.InvariantCulture, $"{landed?.ToString("N0", CultureInfo.InvariantCulture) ?? "Unknown"} keys landed up to {cursor.Field} {cursor.Old}, and the source has {expected:N0}"));
        if (landed is null || expected - landed > Math.Min(1_000, expected / 1_000))
        {
            throw Incomplete(string.Create(CultureInfo.InvariantCulture, $"{landed ?? 0:N0} rows landed, and the source has {expected:N0} up to {cursor.Field} {cursor.Old}"));
        }
    }

    /// <summary>How many of the missing keys the source does not have; null where they are too many to be asked for.</summary>
    /// <exception cref="AcodeException"><c>ReloadIncomplete</c>: the source has one of them.</exception>
    private async Task<long?> LostAsync(StepContext context, TableDefinition table, string[] missing, CancellationToken cancel)
    {
        ISource source = context.Installation.Source(Plan.To.Route.Source);
        IEnumerable<string> asked = missing.Length <= MostQuestions ? missing : missing.Where((_, i) => i % (missing.Length / MostQuestions) == 0);
        int questions = 0;
        try
        {
            await Parallel.ForEachAsync(asked, new ParallelOptions { MaxDegreeOfParallelism = QuestionsAtOnce, CancellationToken = cancel }, async (key, stop) =>
            {
                if (await context.PersistAsync(c => source.CountCursorAsync(table, table.Key, key, including: true, key, c), stop).ConfigureAwait(false) > 0)
                {
                    throw Incomplete($"the source has {table.Key} {key}, which was quarantined, and did not load it again");
                }

                context.Report("Asking the source for keys that did not come back", (int)(100L * Interlocked.Increment(ref questions) / Math.Min(missing.Length, MostQuestions + 1)));
            }).ConfigureAwait(false);
        }
        catch (AcodeException failure) when (failure.Id is "CursorInvalid" or "SourceTableNotIndexed")
        {
            context.Tell($"The source cannot be asked for the keys that did not come back: {failure.Message}");
            return null;
        }

        return missing.Length <= MostQuestions ? missing.Length : null;
    }

    private AcodeException Incomplete(string why) => new("ReloadIncomplete", FailureClass.Refused, $"{reload.Stream} was not loaded whole: {why}.")
    {
        Advice = "Look at the job in Airbyte, and at the source's table.",
        Subject = reload.Stream,
    };
}
