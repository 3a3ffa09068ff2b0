using AcodeOps.Syncs;

namespace AcodeOps.Health.Probes;

/// <summary>Judges a route's connection by its status and its last syncs.</summary>
internal static class ConnectionJudgement
{
    public static Observation Judge(RouteReading reading, AcodeEnvironment environment, SourceMovement? movement, DateTimeOffset now)
    {
        if (reading.Connection is not { } connection)
        {
            return new Observation(Verdict.Failed, $"Airbyte has no connection '{reading.Definition.Connection}': this route cannot be used.")
            {
                Cause = FailureClass.NotFound,
                ErrorId = "RouteMissing",
                Remedy = RouteMatch.MissingRemedy(reading.Definition),
            };
        }

        SyncHistory history = SyncHistory.Of(reading.Syncs, now);
        Observation seen = ElsewhereThanDefined(reading, environment) ?? connection.Status switch
        {
            ConnectionStatus.Active => ActiveConnectionJudgement.Judge(reading, history, environment.Objectives, movement, now),
            ConnectionStatus.Inactive => StandbyJudgement.Judge(reading, history),
            ConnectionStatus.Locked => new Observation(Verdict.Failed, "Airbyte has locked the connection: nothing syncs by it.")
            {
                ErrorId = "ConnectionLocked",
                Remedy = "See in Airbyte why it is locked, and unlock it there.",
            },
            _ => new Observation(Verdict.Unknown, "Airbyte gives the connection a status that this version of AcodeOps does not know.")
            {
                ErrorId = "ConnectionStatusUnknown",
                Remedy = "Look at the connection in Airbyte.",
            },
        };
        return seen with { Evidence = [.. Facts(reading, connection, history), .. seen.Evidence] };
    }

    private static IEnumerable<string> Facts(RouteReading reading, Connection connection, SyncHistory history)
    {
        yield return $"connection: {connection.Name} ({connection.ConnectionId}), {connection.Status}, schedule {connection.Schedule}";
        yield return $"lands in: {reading.Route.Location ?? "not known"}";
        yield return $"streams: {(connection.Streams.Count == 0 ? "none" : string.Join(", ", connection.Streams.Select(s => $"{s.Name} ({s.SyncMode})")))}";
        if (history.Running is { } running)
        {
            yield return $"runs: job {running.JobId}, {running.Status}, since {Elapsed.At(running.StartedAt)}";
        }

        yield return history.LastEnded is { } ended ? $"last ended: job {ended.JobId}, {ended.Status}, {Elapsed.At(SyncHistory.EndOf(ended))}" : "last ended: none";
        if (history.LastSuccess is { } success && success != history.LastEnded)
        {
            yield return $"last success: job {success.JobId}, {Elapsed.At(SyncHistory.EndOf(success))}";
        }
    }

    /// <summary>A connection that reads or writes elsewhere than the environment says makes every other statement doubtful.</summary>
    private static Observation? ElsewhereThanDefined(RouteReading reading, AcodeEnvironment environment)
    {
        string? bucket = environment.FindStorage(reading.Route.Storage)?.Bucket;
        string? database = environment.FindSource(reading.Route.Source)?.Database;
        (string What, string Defined, string Found)? difference =
            bucket is not null && reading.Destination?.Bucket is { } other && other != bucket ? ("writes to the bucket", bucket, other)
            : database is not null && reading.Source?.Database is { } another && another != database ? ("reads the database", database, another)
            : null;
        return difference is not { } d ? null : new Observation(Verdict.Failed, $"The connection {d.What} '{d.Found}'; the environment says '{d.Defined}'.")
        {
            Cause = FailureClass.InvalidInput,
            ErrorId = "RouteElsewhere",
            Remedy = $"Find out which is right. Name the right connection at route '{reading.Route.Name}', or correct the {reading.Route.Source} source or the "
                + $"{reading.Route.Storage} storage in the environment file; `Get-AcodeRoute -Name {reading.Route.Name}` shows where it lands.",
        };
    }
}
