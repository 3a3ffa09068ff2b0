using System.Globalization;
using AcodeOps.Health;
using AcodeOps.Routing;
using AcodeOps.Syncs;

namespace AcodeOps.Recovery.Corruption;

/// <summary>
/// Compares the source that is to be loaded from with the other side: with the other source, and with what other routes have
/// landed of the stream. What differs by more than the replica's lag stands against loading; what cannot be compared is
/// Unknown, and stands against it too, unless the operator has consented to that. Light on a partner's server: it counts no
/// more than the newest keys.
/// </summary>
/// <param name="installation">The installation.</param>
/// <param name="route">The route that is to load.</param>
/// <param name="stream">The stream.</param>
/// <param name="allowsUnknown">True when the operator has consented to what cannot be compared.</param>
internal sealed class OtherSide(IInstallation installation, PlannedRoute route, ConnectionStream stream, bool allowsUnknown)
{
    private const string Differs = "OtherSideDiffers";

    // How often the sources are looked at before they are taken to differ: the replica is a moment behind.
    private const int Looks = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TableDefinition _table = installation.Environment.TableOf(stream);

    /// <summary>The comparisons.</summary>
    /// <param name="keys">The keys of the corrupted rows, by their footers; null where they do not tell them.</param>
    /// <param name="place">What the keys of the corrupted objects start with: what lies there is no witness.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<IReadOnlyList<FailoverGate>> JudgeAsync(ColumnRange? keys, string place, CancellationToken cancel) =>
    [
        await JudgeAsync("other source's schema", SchemaAsync, cancel).ConfigureAwait(false),
        await JudgeAsync("other source's rows", c => RowsAsync(keys, c), cancel).ConfigureAwait(false),
        await JudgeAsync("other routes' data", c => LandedAsync(place, c), cancel).ConfigureAwait(false),
    ];

    private async Task<FailoverGate> JudgeAsync(string name, Func<CancellationToken, Task<Observation>> look, CancellationToken cancel)
    {
        Observation seen;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        try
        {
            seen = await look(limit.Token).ConfigureAwait(false);
        }
        catch (AcodeException failure)
        {
            seen = Unknown($"It could not be compared: {failure.Message}", failure.Advice);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            seen = Unknown($"It could not be compared within {Limit.TotalSeconds:0} s.", null);
        }

        bool isPassed = seen.Verdict == Verdict.Healthy || (seen.Verdict == Verdict.Unknown && allowsUnknown);
        return new FailoverGate
        {
            Name = name,
            Verdict = seen.Verdict,
            Summary = seen.Summary,
            IsPassed = isPassed,
            ErrorId = seen.Verdict == Verdict.Healthy ? null : seen.Verdict == Verdict.Unknown ? "OtherSideUnknown" : Differs,
            Remedy = isPassed ? null : seen.Verdict == Verdict.Unknown
                ? $"{seen.Remedy} Bring the other side back, or consent to loading without the comparison: -AllowUnvalidated.".TrimStart()
                : "Find out which of the two is right before anything is loaded: Test-AcodeHealth, Get-AcodeReplication.",
        };
    }

    private (ISource Primary, ISource Backup)? Both() =>
        installation.Environment.FindSource(SourceRole.Primary) is not null && installation.Environment.FindSource(SourceRole.Backup) is not null
            ? (installation.Source(SourceRole.Primary), installation.Source(SourceRole.Backup)) : null;

    private async Task<Observation> SchemaAsync(CancellationToken cancel)
    {
        if (Both() is not var (primary, backup))
        {
            return NoOther();
        }

        List<SchemaComparison.Side> sides = [];
        foreach ((string name, ISource source) in new[] { ("primary", primary), ("backup", backup) })
        {
            IReadOnlyList<TableSchema> found = await source.ReadSchemaAsync([_table.Name], cancel).ConfigureAwait(false);
            sides.Add(new(name, found.FirstOrDefault(t => t.Name.Equals(_table.Name, StringComparison.OrdinalIgnoreCase))));
        }

        return SchemaComparison.Judge(_table, sides);
    }

    private async Task<Observation> RowsAsync(ColumnRange? keys, CancellationToken cancel)
    {
        if (Both() is not var (primary, backup))
        {
            return NoOther();
        }

        SourceComparison comparison = new(primary, backup, _table, installation.Environment.Objectives);
        Observation seen = await comparison.JudgeAsync(keys, cancel).ConfigureAwait(false);
        for (int look = 1; look < Looks && seen.Verdict is Verdict.Failed or Verdict.Degraded; look++)
        {
            await Task.Delay(Pause, installation.Clock, cancel).ConfigureAwait(false);
            seen = await comparison.JudgeAsync(keys, cancel).ConfigureAwait(false);
        }

        return seen;
    }

    /// <summary>What other routes have landed last of the stream, elsewhere: the source must hold at least as much.</summary>
    private async Task<Observation> LandedAsync(string place, CancellationToken cancel)
    {
        List<string> agreeing = [];
        IReadOnlyList<RouteReading> routes = await RouteReader.ReadAsync(installation, cancel).ConfigureAwait(false);
        foreach (StreamPlace other in StreamPlace.Of(routes))
        {
            Sync? last = routes.First(r => r.Route.Name == other.Route.Route.Name).Syncs.FirstOrDefault(s => s.Status == SyncStatus.Succeeded);
            // The operator's prefix may be a day of the stream, or its whole folder.
            bool isHere = other.Route.Route.Storage == route.Route.Storage
                && (place.StartsWith(other.Folder, StringComparison.Ordinal) || other.Folder.StartsWith(place, StringComparison.Ordinal));
            if (other.Stream.Name != stream.Name || isHere || last is not { StartedAt: not null, UpdatedAt: { } ended })
            {
                continue;
            }

            IObjectStore store = installation.Storage(other.Route.Route.Storage);
            List<StoredObject> objects = await LandedObjects.FindAsync(store, other.Route, other.Stream, JobWindow.Start(last, before: null), until: null, ended.AddDays(1), cancel).ConfigureAwait(false);
            PartitionContent content = await PartitionContent.ReadAsync(installation.Lake, store, objects, _table.Key, cursor: null, cancel).ConfigureAwait(false);
            if (content is { Rows: 0, UnreadableObjects: 0 })
            {
                continue;
            }

            if (content is not { UnreadableObjects: 0, Keys: { } keys })
            {
                return Unknown($"What route '{other.Route}' has landed cannot be read whole: {content}.", null);
            }

            if (await LackAsync(other, store, objects, content.Rows, keys, cancel).ConfigureAwait(false) is { } lack)
            {
                return lack;
            }

            agreeing.Add($"'{other.Route}' landed {content.Rows.ToString("N0", CultureInfo.InvariantCulture)} rows up to {_table.Key} {keys.Greatest}, and the source has them");
        }

        return new Observation(Verdict.Healthy, agreeing.Count == 0 ? "No other route has landed this stream elsewhere." : $"{string.Join("; ", agreeing)}.");
    }

    /// <summary>What the source lacks of what another route has landed; null where it lacks nothing.</summary>
    private async Task<Observation?> LackAsync(
        StreamPlace other, IObjectStore store, IReadOnlyList<StoredObject> objects, long rows, ColumnRange keys, CancellationToken cancel)
    {
        ISource source = installation.Source(route.Route.Source);
        if (await source.ReadCursorAsync(_table, _table.Key, cancel).ConfigureAwait(false) is not { } greatest || CursorOrder.Compare(greatest, keys.Greatest) is null or < 0)
        {
            return Different($"Route '{other.Route}' has landed {stream.Name} up to {_table.Key} {keys.Greatest}, and the {route.Route.Source} source ends before it.");
        }

        if (Routing.Steps.SnapshotProof.CountingSource(installation, route) is not { } counting
            || await counting.ReadCursorAsync(_table, _table.Key, cancel).ConfigureAwait(false) is not { } counted || !(CursorOrder.Compare(counted, keys.Greatest) >= 0))
        {
            return null;
        }

        long has = await counting.CountCursorAsync(_table, _table.Key, keys.Least, including: true, keys.Greatest, cancel).ConfigureAwait(false);
        if (has >= rows)
        {
            return null;
        }

        // A row that was landed twice, by a cursor or by two snapshots, counts twice in the footers: the keys tell how many sales there are.
        IReadOnlySet<string>? landed = await LakeKeys.ReadAsync(installation.Lake, store, objects, _table.Key, cursor: null, upTo: null, cancel).ConfigureAwait(false);
        string compared = string.Create(
            CultureInfo.InvariantCulture,
            $"Route '{other.Route}' has landed {landed?.Count ?? rows:N0} rows of {stream.Name} with {_table.Key} {keys.Least} to {keys.Greatest}, and the {counting.Definition.Role} source has {has:N0} of them");
        return landed is null ? Unknown($"{compared}; how many of the landed rows came twice cannot be read.", null) : has < landed.Count ? Different($"{compared}.") : null;
    }

    private static Observation NoOther() => Unknown("The environment has no other source.", null);

    private static Observation Unknown(string summary, string? remedy) => new(Verdict.Unknown, summary) { Remedy = remedy };

    private static Observation Different(string summary) => new(Verdict.Failed, summary) { ErrorId = Differs };
}
