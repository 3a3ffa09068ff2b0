using AcodeOps.Routing;
using AcodeOps.Syncs;

namespace AcodeOps.Recovery.Drill;

/// <summary>Plans a rehearsal: chooses the standby, and refuses what could touch the lake. Changes nothing, and asks Airbyte only.</summary>
/// <param name="installation">The installation.</param>
public sealed class DrillPlanner(IInstallation installation)
{
    /// <summary>The plan.</summary>
    /// <param name="to">The route to rehearse, by name; null for the first standby in the environment's order.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException">
    /// <c>RouteNotFound</c>, <c>RouteMissing</c>: there is no such route or connection. <c>StandbyMissing</c>, <c>RouteActive</c>,
    /// <c>StandbyIsWriting</c>, <c>StreamsMissing</c>, <c>RouteElsewhere</c>, <c>DrillNotApart</c> (Refused). Whatever Airbyte fails with.
    /// </exception>
    public async Task<DrillPlan> PlanAsync(string? to, CancellationToken cancel)
    {
        IReadOnlyList<RouteReading> routes = await RouteReader.ReadAsync(installation, cancel).ConfigureAwait(false);
        RouteReading chosen = Choose(routes, to);
        PlannedRoute standby = PlannedRoute.Of(chosen) ?? throw TargetChoice.Missing(chosen);
        Refuse(chosen, standby);
        List<PlannedRoute> from = [.. routes.Where(r => r != chosen && r.Route.IsActive).Select(PlannedRoute.Of).OfType<PlannedRoute>()];
        return new DrillPlan
        {
            Environment = installation.Environment.Name,
            PlannedAt = installation.Clock.GetUtcNow(),
            To = standby,
            From = from,
            Origin = FailoverPlanner.OriginOf(routes, chosen, from),
            SyncMinutes = chosen.Definition.SyncMinutes ?? installation.Environment.Objectives.SyncMinutes,
            RowsExpected = standby.IncrementalStreams.Any() ? null : chosen.Syncs.FirstOrDefault(s => s.Status == SyncStatus.Succeeded)?.RowsSynced,
            Notes = [.. Notes(standby)],
        };
    }

    private RouteReading Choose(IReadOnlyList<RouteReading> routes, string? to) => to is not null
        ? TargetChoice.Candidates(installation.Environment, routes, new FailoverRequest { Candidates = [to] })[0]
        : routes.FirstOrDefault(r => r is { Route.IsActive: false, Connection: not null })
            ?? routes.FirstOrDefault(r => !r.Route.IsActive)
            ?? throw Refused("StandbyMissing", $"Every route of the environment '{installation.Environment}' is active, or there is only one: there is no standby to rehearse.", "Add a second route: Test-AcodeEnvironment says what is missing.", installation.Environment);

    private void Refuse(RouteReading chosen, PlannedRoute standby)
    {
        if (standby.Route.IsActive)
        {
            throw Refused("RouteActive", $"Route '{standby}' is active: each of its syncs shows whether it works, and there is nothing to rehearse.", "Name a standby: Get-AcodeRoute shows them.", standby.Route);
        }

        if (chosen.Syncs is [{ IsTerminal: false } running, ..])
        {
            throw Refused("StandbyIsWriting", $"A sync of '{standby.Connection.Name}' runs: {running}.", $"Let it end (Wait-AcodeSync), or end it: Stop-AcodeSync -JobId {running.JobId}.", running);
        }

        if (standby.Connection.Streams.Count == 0)
        {
            throw Refused("StreamsMissing", $"'{standby.Connection.Name}' has no streams: it would sync nothing.", "Select its streams in Airbyte.", standby.Route);
        }

        // Its objects are deleted in the environment's own bucket, and nowhere else.
        StorageDefinition? storage = installation.Environment.FindStorage(standby.Route.Storage);
        if (storage?.Bucket != standby.Destination.Bucket)
        {
            throw Refused("RouteElsewhere", $"'{standby.Connection.Name}' writes to the bucket '{standby.Destination.Bucket}', which is not the environment's {standby.Route.Storage} storage.",
                $"Name the right connection at route '{standby}', or correct the {standby.Route.Storage} storage in the environment file.", standby.Route);
        }

        if (!ShadowRoute.IsApart(standby))
        {
            throw Refused("DrillNotApart",
                $"The destination of '{standby.Connection.Name}' writes to '{standby.Destination.PathFormat}', which does not name the stream, or only behind a part that differs from object to object: "
                + "what a drill lands could not be told from the lake's own objects.",
                "Let the destination's S3 path format begin with ${STREAM_NAME} and a slash, or rehearse another route.", standby.Route);
        }
    }

    private IEnumerable<string> Notes(PlannedRoute standby)
    {
        if (installation.Environment.FindSource(standby.Route.Source) is { IsPartners: true })
        {
            yield return $"The {standby.Route.Source} source is a partner's: the drill reads it as a sync does.";
        }

        yield return "Until it has ended or was stopped (Ctrl-C), the drill holds the lease: no switch and no recovery can begin.";
    }

    private static AcodeException Refused(string id, string message, string advice, object subject) => new(id, FailureClass.Refused, message) { Advice = advice, Subject = subject };
}
