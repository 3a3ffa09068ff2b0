using System.Globalization;
using System.Runtime.CompilerServices;
using AcodeOps.Exporting;
using AcodeOps.Health;
using AcodeOps.Quality.Reading;
using AcodeOps.Recovery.Corruption;
using AcodeOps.Reports;
using AcodeOps.Routing;

namespace AcodeOps.Comparing;

/// <summary>Compares tables of a source with the lake, or with the replica, one after the other.</summary>
/// <param name="installation">What to compare.</param>
/// <param name="progress">Is told how far it is; null for nobody.</param>
public sealed class DataComparer(IInstallation installation, IProgress<string>? progress = null)
{
    private readonly TimeZoneInfo _zone = LocalTimes.Zone(installation.Environment.TimeZone);

    /// <summary>Compares. A table that cannot be compared comes as Unknown, with the reason.</summary>
    /// <exception cref="AcodeException"><c>NoUsableSource</c>: no source can be read.</exception>
    public async IAsyncEnumerable<DataDifference> CompareAsync(ComparisonRequest request, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ChosenSource? chosen = request.IsOfReplica ? null
            : await new Exporting.SourceChoice(installation, TimeSpan.FromSeconds(request.TimeoutSeconds)).ChooseAsync(request.Source, cancel).ConfigureAwait(false);
        HealthContext context = new(installation, cancel);
        foreach (TableDefinition table in request.Tables)
        {
            long began = installation.Clock.GetTimestamp();
            DataDifference result = new()
            {
                Environment = installation.Environment.Name,
                Table = table.Name,
                From = installation.Source(chosen?.Role ?? SourceRole.Primary).Definition.ToString(),
                To = chosen is null ? installation.Source(SourceRole.Backup).Definition.ToString() : "lake",
                Verdict = Verdict.Unknown,
                IncludesValues = request.IncludesValues,
                ComparedAt = installation.Clock.GetUtcNow(),
                Evidence = chosen is null ? [] : [chosen.Reason],
            };
            try
            {
                result = chosen is null
                    ? await WithReplicaAsync(result, table, request, cancel).ConfigureAwait(false)
                    : await WithLakeAsync(result, table, request, chosen, context, cancel).ConfigureAwait(false);
            }
            catch (AcodeException failure) when (!cancel.IsCancellationRequested)
            {
                result = result with { ErrorId = failure.Id, Remedy = failure.Advice, Evidence = [.. result.Evidence, failure.Message] };
            }

            yield return result with { Seconds = installation.Clock.GetElapsedTime(began).TotalSeconds };
        }
    }

    private async Task<DataDifference> WithLakeAsync(
        DataDifference result, TableDefinition table, ComparisonRequest request, ChosenSource chosen, HealthContext context, CancellationToken cancel)
    {
        ISource source = installation.Source(chosen.Role);
        TableWay way = await source.FindWayAsync(table, cancel).ConfigureAwait(false);
        StreamPlace place = await StreamPlace.WritingAsync(context, table).ConfigureAwait(false);
        Sync? before = await NewestAsync(place, cancel).ConfigureAwait(false);
        (IReadOnlyList<StoredObject> objects, LandingWindow? snapshot) = await FindObjectsAsync(context, place, cancel).ConfigureAwait(false);
        DueRows due = await DueRows.OfLakeAsync(context, snapshot?.Writer ?? place, table, snapshot?.From, _zone, cancel).ConfigureAwait(false);

        if (installation.LakeEngine is { } engine)
        {
            DataDifference asked = await WithEngineAsync(result, engine, new SourceTable(source, chosen.Role, table, way), request, place, objects, due, cancel).ConfigureAwait(false);
            return WithRemedy(await InMotionAsync(asked, place, before, cancel).ConfigureAwait(false));
        }

        LakeSide lake = await LakeSide.ReadAsync(installation, new ComparedTable(table, [], _zone), place, objects, cancel).ConfigureAwait(false);
        ComparedTable compared = Compared(table, way, request, lake.Columns);
        lake.Compared = compared;
        SourceSide left = new(source, compared);
        DifferenceTally tally = new(request.MostRows);
        RowComparison rows = new(compared, due, tally)
        {
            LastTo = lake.Blocks.Count > 0 ? lake.Blocks.Max(block => block.Keys.To) : null,
            LastFrom = chosen.Role == SourceRole.Backup ? (await left.FindKeysAsync(cancel).ConfigureAwait(false))?.To ?? long.MinValue : null,
        };
        await new LakeComparison(left, lake, compared, rows, tally, request.IncludesValues).RunAsync(progress, cancel).ConfigureAwait(false);
        DataDifference told = tally.Into(result with
        {
            To = lake.Place,
            Unreadable = lake.Unreadable,
            LakeBytes = lake.Bytes,
            LakeBytesRead = lake.BytesRead,
            Evidence =
            [
                .. result.Evidence,
                string.Create(CultureInfo.InvariantCulture, $"{ReportText.Objects(lake.Objects)} in {lake.Blocks.Count:N0} range{(lake.Blocks.Count == 1 ? "" : "s")} of keys; {lake.BytesRead / 1e6:N1} of {lake.Bytes / 1e6:N1} MB read"),
                due.Evidence,
                .. NotCompared(way, request, lake.Columns),
            ],
        });
        return WithRemedy(await InMotionAsync(told, place, before, cancel).ConfigureAwait(false));
    }

    private async Task<DataDifference> WithEngineAsync(
        DataDifference result, ILakeEngine engine, SourceTable from, ComparisonRequest request, StreamPlace place, IReadOnlyList<StoredObject> objects, DueRows due, CancellationToken cancel)
    {
        (TableDefinition table, long? readBefore) = (from.Table, engine.BytesRead);
        RowColumn[] wanted = [.. from.Way.Columns.Where(column => CanonicalValue.IsComparable(column))];
        Dictionary<string, LakeColumn> columns = (await engine.ReadColumnsAsync(table, wanted, cancel).ConfigureAwait(false)).ToDictionary(column => column.Name, StringComparer.OrdinalIgnoreCase);
        HashSet<string> there = [.. from.Way.Columns.Select(column => column.Name).Where(columns.ContainsKey)];
        ComparedTable all = Compared(table, from.Way, request, there);
        ILookup<bool, RowColumn> exact = all.Columns.ToLookup(column => columns[column.Name].IsComparable);
        ComparedTable compared = all with { Columns = [.. exact[true]] };
        string bucket = installation.Storage(place.Route.Route.Storage).Definition.Bucket;
        LakeQuestion question = new(table, $"{bucket}/{place.Folder}", compared.Columns)
        {
            Cursor = place.Stream is { IsIncremental: true, CursorField: [var cursor] } ? cursor : null,
            Objects = place.Stream.IsIncremental ? null : [.. objects.Select(stored => $"{bucket}/{stored.Key}")],
        };
        EngineSide lake = new(engine, compared, question);
        SourceSide left = new(from.Source, compared);
        Keys? lakeKeys = await lake.FindKeysAsync(cancel).ConfigureAwait(false);
        Keys? sourceKeys = await left.FindKeysAsync(cancel).ConfigureAwait(false);
        DifferenceTally tally = new(request.MostRows);
        if (Keys.Union(sourceKeys, lakeKeys) is { } keys)
        {
            RowComparison rows = new(compared, due, tally) { LastTo = lakeKeys?.To, LastFrom = from.Role == SourceRole.Backup ? sourceKeys?.To ?? long.MinValue : null };
            await new EngineComparison(left, lake, compared, rows, tally).RunAsync(keys, progress, cancel).ConfigureAwait(false);
        }

        return tally.Into(result with
        {
            To = $"s3://{bucket}/{place.Shown}",
            LakeBytes = objects.Sum(stored => stored.SizeBytes),
            LakeBytesRead = engine.BytesRead - readBefore,
            Evidence =
            [
                .. result.Evidence,
                $"{ReportText.Objects(objects.Count)}, read by {engine.Name}",
                due.Evidence,
                .. NotCompared(from.Way, request, there),
                .. exact.Contains(false)
                    ? new[] { $"of types that do not hold the source's values to the last digit, and not compared: {string.Join(", ", exact[false].Select(column => $"{column.Name} ({columns[column.Name].Type})"))}" }
                    : [],
            ],
        });
    }

    private async Task<DataDifference> WithReplicaAsync(DataDifference result, TableDefinition table, ComparisonRequest request, CancellationToken cancel)
    {
        (ISource primary, ISource replica) = (installation.Source(SourceRole.Primary), installation.Source(SourceRole.Backup));
        TableWay way = await primary.FindWayAsync(table, cancel).ConfigureAwait(false);
        HashSet<string> others = [.. (await replica.FindWayAsync(table, cancel).ConfigureAwait(false)).Columns.Select(column => column.Name)];
        ComparedTable compared = Compared(table, way, request, others);
        DueRows due = DueRows.OfReplica(installation, _zone);
        (SourceSide left, SourceSide right) = (new(primary, compared), new(replica, compared));
        DifferenceTally tally = new(request.MostRows);

        // The replica first: whatever it has, the primary has had before.
        Keys? there = await right.FindKeysAsync(cancel).ConfigureAwait(false);
        Keys? here = await left.FindKeysAsync(cancel).ConfigureAwait(false);
        if (Keys.Union(here, there) is { } all)
        {
            RowComparison rows = new(compared, due, tally) { LastTo = there?.To };
            await new ReplicaComparison(left, right, compared, rows, tally).RunAsync(all, progress, cancel).ConfigureAwait(false);
        }

        return WithRemedy(tally.Into(result with { Evidence = [.. result.Evidence, due.Evidence, .. NotCompared(way, request, others)] }));
    }

    private ComparedTable Compared(TableDefinition table, TableWay way, ComparisonRequest request, IReadOnlyCollection<string> there) => new(
        table,
        request.IncludesValues ? [.. way.Columns.Where(column => CanonicalValue.IsComparable(column) && there.Contains(column.Name) && !column.Name.Equals(table.Key, StringComparison.OrdinalIgnoreCase))] : [],
        _zone);

    private static IEnumerable<string> NotCompared(TableWay way, ComparisonRequest request, IReadOnlyCollection<string> there)
    {
        if (request.IncludesValues && way.Columns.Where(column => !there.Contains(column.Name)).Select(column => column.Name).ToArray() is { Length: > 0 } missing)
        {
            yield return $"not there, and not compared: {string.Join(", ", missing)}";
        }

        if (request.IncludesValues && way.Columns.Where(column => there.Contains(column.Name) && !CanonicalValue.IsComparable(column)).Select(column => column.Name).ToArray() is { Length: > 0 } others)
        {
            yield return $"of types that have no exact form, and not compared: {string.Join(", ", others)}";
        }
    }

    private async Task<(IReadOnlyList<StoredObject> Objects, LandingWindow? Snapshot)> FindObjectsAsync(HealthContext context, StreamPlace place, CancellationToken cancel)
    {
        IObjectStore store = installation.Storage(place.Route.Route.Storage);
        LandingWindow? snapshot = place.Stream.IsIncremental ? null : await LandingWindow.FindAsync(context, place, default, cancel).ConfigureAwait(false);
        if (snapshot is { IsCertain: false })
        {
            throw new AcodeException("SnapshotNotCertain", FailureClass.Conflict, $"The newest sync of '{place.Route.Connection.Name}' began within two seconds of the end of the one before: which objects are its own cannot be told.")
            {
                Advice = "Compare again after the next sync.",
                Subject = place.Stream,
                IsFatal = false,
            };
        }

        List<StoredObject> objects = snapshot is null
            ? await store.ListAsync(place.Folder, cancel: cancel).ToListAsync(cancel).ConfigureAwait(false)
            : await LandedObjects.FindAsync(store, place.Route, place.Stream, snapshot.From, snapshot.Until, context.Now, cancel).ConfigureAwait(false);
        return ([.. objects.Where(stored => stored.SizeBytes > 0)], snapshot);
    }

    private async Task<Sync?> NewestAsync(StreamPlace place, CancellationToken cancel)
    {
        await foreach (Sync sync in installation.Airbyte.ListSyncsAsync(place.Route.Connection.ConnectionId, cancel).ConfigureAwait(false))
        {
            return sync;
        }

        return null;
    }

    // What a sync wrote or replaced meanwhile is no difference.
    private async Task<DataDifference> InMotionAsync(DataDifference told, StreamPlace place, Sync? before, CancellationToken cancel)
    {
        if (told.Verdict != Verdict.Failed)
        {
            return told;
        }

        Sync? now = await NewestAsync(place, cancel).ConfigureAwait(false);
        return now?.JobId == before?.JobId && before?.IsTerminal != false && now?.IsTerminal != false ? told : told with
        {
            Verdict = Verdict.Unknown,
            ErrorId = "LakeInMotion",
            Remedy = "Compare again when no sync runs: Wait-AcodeSync.",
            Evidence = [.. told.Evidence, $"a sync of '{place.Route.Connection.Name}' ran meanwhile: what differs may be its doing"],
        };
    }

    // A table of a source that is held against the lake.
    private sealed record SourceTable(ISource Source, SourceRole Role, TableDefinition Table, TableWay Way);

    private static DataDifference WithRemedy(DataDifference told) => told switch
    {
        { Remedy: not null } or { Verdict: Verdict.Healthy } => told,
        { Verdict: Verdict.Unknown } => told with
        {
            ErrorId = "RowsUndecided",
            Remedy = told.IsWhole
                ? "Compare again after the next sync, or name the column with the processing time (processedAt) in the environment file."
                : "Compare again after the next sync, or read more rows one by one: -MostRows.",
            Evidence =
            [
                .. told.Evidence,
                string.Create(CultureInfo.InvariantCulture, $"{told.RowsUndecided:N0} rows {(told.IsWhole ? "do not tell when they came" : "are missing or different, and too many to be read")}: whether they are due cannot be told"),
            ],
        },
        { LakeBytes: null } => told with { Remedy = "Rows that a replica lacks or has otherwise do not come by waiting: set the replica up anew, or mend the rows on it." },
        _ => told with { Remedy = "Repair-AcodeData loads what is broken again." },
    };
}
