using System.Globalization;
using AcodeOps.Audit;
using AcodeOps.Reports;
using AcodeOps.Routing;
using AcodeOps.Routing.Gates;
using AcodeOps.Syncs;

namespace AcodeOps.Recovery.Corruption;

/// <summary>
/// Plans the recovery of corrupted data: finds the objects and whose they are, reads what they say of themselves, judges the
/// route and the other side. Changes nothing but the canaries of the looks.
/// </summary>
/// <param name="installation">The installation.</param>
public sealed class CorruptionPlanner(IInstallation installation)
{
    private static readonly TimeSpan CountLimit = TimeSpan.FromSeconds(30);

    /// <summary>The plan. Whether it may be carried out is in it; what cannot be planned at all is thrown.</summary>
    /// <param name="request">What the operator says.</param>
    /// <param name="progress">Is told what is looked at; null for nobody.</param>
    /// <param name="cancel">Ends the planning.</param>
    /// <exception cref="AcodeException">
    /// <c>CorruptedPrefixTooWide</c>, <c>CorruptedPrefixOfNoRoute</c>, <c>CorruptedRouteInactive</c> (Refused),
    /// <c>CorruptedObjectsNotFound</c>, <c>TwoActiveRoutes</c>, <c>StorageNotDefined</c>, or what a server fails with.
    /// </exception>
    public async Task<RecoveryPlan> PlanAsync(CorruptionRequest request, IProgress<string>? progress, CancellationToken cancel)
    {
        // The plan is kept by the journal: what an operator writes may hold what no file should.
        request = request with { Reason = AuditDetails.Clean(request.Reason)! };
        if (installation.Environment.FindStorage(StorageRole.Quarantine) is null)
        {
            throw new AcodeException("StorageNotDefined", FailureClass.InvalidInput, "The environment has no Quarantine storage: there is no place for the corrupted objects.")
            {
                Advice = $"Add storages.quarantine to {installation.Environment.Path}.",
                Subject = request,
            };
        }

        progress?.Report("Routes and objects");
        IReadOnlyList<RouteReading> routes = await RouteReader.ReadAsync(installation, cancel).ConfigureAwait(false);
        CorruptedPartition partition = await CorruptedPartition.FindAsync(installation, request, routes, cancel).ConfigureAwait(false);
        StreamPlace place = ReloadingRoute.Choose(partition, routes);
        progress?.Report("What the objects say of themselves");
        TableDefinition table = installation.Environment.TableOf(place.Stream);
        IObjectStore store = installation.Storage(request.Storage);
        PartitionContent content = await PartitionContent.ReadAsync(
            installation.Lake, store, partition.Objects, table.Key, place.Stream.CursorField is [var field] ? field : null, cancel).ConfigureAwait(false);
        RecoveryAssessment assessment = await new RecoveryAssessor(installation, TimeSpan.FromSeconds(request.TimeoutSeconds)).AssessAsync(progress, cancel).ConfigureAwait(false);
        progress?.Report("The other side");
        IReadOnlyList<FailoverGate> checks = await new OtherSide(installation, place.Route, place.Stream, request.AllowUnvalidated)
            .JudgeAsync(content.Keys, partition.Prefix, cancel).ConfigureAwait(false);
        FailoverPlan change = await SwitchAsync(request, place, routes.First(r => r.Route.Name == place.Route.Route.Name), cancel).ConfigureAwait(false);
        (StreamCursor? old, StreamCursor? from) = place.Stream.IsIncremental && change.IsAllowed ? await CursorsAsync(place, content, partition, request, cancel).ConfigureAwait(false) : default;
        ReloadPlan reload = new()
        {
            Storage = request.Storage,
            Prefix = partition.Prefix,
            OnlyObjects = request.Objects is null ? null : [.. partition.Objects.Select(stored => stored.Key)],
            ReadFrom = request.ReadFrom,
            Location = $"s3://{store.Definition.Bucket}/{partition.Prefix}",
            Stream = place.Stream.Name,
            Reason = request.Reason,
            Days = partition.Days,
            Objects = content.Objects,
            Bytes = content.Bytes,
            Rows = content.Rows,
            Unreadable = content.Unreadable,
            UnreadableObjects = content.UnreadableObjects,
            Keys = content.Keys,
            Cursors = content.Cursors,
            Switch = change,
            Checks = checks,
            AllowsUnvalidated = request.AllowUnvalidated,
            OldCursor = old?.Value,
            NewCursor = from?.Value,
            SourceRows = await SourceRowsAsync(place, table, content, cancel).ConfigureAwait(false),
            Notes = Notes(place, partition),
        };
        return Plan(assessment, reload);
    }

    private RecoveryPlan Plan(RecoveryAssessment assessment, ReloadPlan reload)
    {
        DateTimeOffset now = installation.Clock.GetUtcNow();
        return new RecoveryPlan
        {
            Environment = installation.Environment.Name,
            PlannedAt = now,
            ExpiresAt = now.AddMinutes(installation.Environment.Recovery.PlanMinutes),
            Assessment = assessment,
            Decision = new RecoveryDecision
            {
                Strategy = RecoveryStrategy.CorruptedData,
                Reason = reload.OnlyObjects is not null
                    ? $"Rows of {reload.Stream} are not in the lake as in the source: {reload.Reason.TrimEnd('.')}."
                    : string.Create(CultureInfo.InvariantCulture, $"{ReportText.Objects(reload.Objects)} of {reload.Stream} at {reload.Location} {(reload.Objects == 1 ? "is" : "are")} taken for corrupted: {reload.Reason.TrimEnd('.')}."),
            },
            Reload = reload,
            Steps = reload.IsAllowed ? [.. CorruptionRunbook.StepsOf(reload).Select(step => step.Title)] : [],
        };
    }

    private async Task<FailoverPlan> SwitchAsync(CorruptionRequest request, StreamPlace place, RouteReading reading, CancellationToken cancel)
    {
        PlannedRoute route = place.Route;
        IReadOnlyList<PlannedRoute> from = route.Route.IsActive ? [route] : [];
        using CancellationTokenSource round = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        round.CancelAfter(TimeSpan.FromSeconds(request.TimeoutSeconds) * 2);
        FailoverRequest asked = new() { Candidates = [route.Route.Name], TimeoutSeconds = request.TimeoutSeconds };
        GateContext context = new(installation, asked, mayWrite: false, round.Token) { To = route, From = from, Origin = route };
        return new FailoverPlan
        {
            Environment = installation.Environment.Name,
            PlannedAt = installation.Clock.GetUtcNow(),
            From = from,
            Origin = route,
            To = route,
            LagSeconds = 0,
            SyncMinutes = reading.Definition.SyncMinutes ?? installation.Environment.Objectives.SyncMinutes,
            RunningSyncs = [.. reading.Syncs.Take(1).Where(sync => !sync.IsTerminal)],
            Gates = await GateCatalog.JudgeAsync(context, cancel).ConfigureAwait(false),
        };
    }

    private async Task<(StreamCursor? Old, StreamCursor? From)> CursorsAsync(
        StreamPlace place, PartitionContent content, CorruptedPartition partition, CorruptionRequest request, CancellationToken cancel)
    {
        SyncState state = await installation.Airbyte.ReadStateAsync(place.Route.Connection.ConnectionId, cancel).ConfigureAwait(false);
        return state.Find(place.Stream.Name) is { } own && StreamCursor.Read(own) is { } old
            ? (old, (await CursorSetBack.ComputeAsync(
                installation, place, old, content, partition.Days.Count > 0 ? partition.Days[0] : null, new SetBackLimit(request.Objects is not null, request.ReadFrom), cancel).ConfigureAwait(false))?.Cursor)
            : default;
    }

    /// <summary>What the source has of what is loaded anew: as a snapshot the whole table, else the quarantined keys.</summary>
    private async Task<long?> SourceRowsAsync(StreamPlace place, TableDefinition table, PartitionContent content, CancellationToken cancel)
    {
        if (!place.Stream.IsIncremental)
        {
            return Routing.Steps.SnapshotProof.CountingSource(installation, place.Route) is { } counting
                ? await Known.OrDefaultAsync(c => counting.CountRowsAsync(table, CountLimit, c), CountLimit, cancel).ConfigureAwait(false)
                : null;
        }

        return content is { UnreadableObjects: 0, Keys: { } keys }
            ? await Known.OrDefaultAsync<long?>(
                async c => await installation.Source(place.Route.Route.Source).CountCursorAsync(table, table.Key, keys.Least, including: true, keys.Greatest, c).ConfigureAwait(false),
                CountLimit, cancel).ConfigureAwait(false)
            : null;
    }

    private List<string> Notes(StreamPlace place, CorruptedPartition partition)
    {
        List<string> notes = [];
        DateOnly today = DateOnly.FromDateTime(installation.Clock.GetUtcNow().UtcDateTime);
        if (!place.Stream.IsIncremental && partition.Days is [var first, ..] && first < today)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"A snapshot of a past day cannot be loaded again, as the source has only what it has now: the new one lands in the partition of {today:yyyy-MM-dd}, and what is moved from earlier days leaves them empty."));
        }

        if (!place.Stream.IsIncremental && place.Route.Connection.Streams.Count > 1)
        {
            notes.Add($"The sync loads all {place.Route.Connection.Streams.Count} streams of the route; an older snapshot of the day of the others goes to quarantine once the new one is proven.");
        }

        if (place.Stream.IsIncremental)
        {
            notes.Add("Objects whose every row is loaded once more go to quarantine too, once the load is proven.");
        }

        return notes;
    }
}
