namespace AcodeOps.Syncs;

/// <summary>Reads the environment's routes as Airbyte has them.</summary>
public static class RouteReader
{
    // Of a connection's jobs: enough to look behind a row of failures.
    private const int NewestSyncs = 20;

    // Airbyte is not a fast server: a few questions at a time.
    private const int AtOnce = 4;

    /// <summary>Reads all routes, in order of preference. One route's trouble is in its reading and does not hide the others.</summary>
    /// <exception cref="AcodeException">Airbyte does not tell its connections at all.</exception>
    public static async Task<IReadOnlyList<RouteReading>> ReadAsync(IInstallation installation, CancellationToken cancel)
    {
        IAirbyteServer airbyte = installation.Airbyte;
        List<Connection> connections = [];
        await foreach (Connection connection in airbyte.ListConnectionsAsync(cancel).ConfigureAwait(false))
        {
            connections.Add(connection);
        }

        using SemaphoreSlim gate = new(AtOnce);
        return await Task.WhenAll(installation.Environment.Routes.Select(
            (route, index) => ReadOneAsync(airbyte, route, index + 1, connections, gate, cancel))).ConfigureAwait(false);
    }

    private static async Task<RouteReading> ReadOneAsync(
        IAirbyteServer airbyte, RouteDefinition definition, int preference, List<Connection> connections, SemaphoreSlim gate, CancellationToken cancel)
    {
        Route route = new()
        {
            Name = definition.Name,
            Source = definition.Source,
            Storage = definition.Storage,
            Preference = preference,
            ConnectionName = definition.Connection,
            Status = ConnectionStatus.Unknown,
        };
        AcodeException? problem = null;
        Connection? connection;
        try
        {
            connection = RouteMatch.Find(definition, connections);
        }
        catch (AcodeException ambiguous)
        {
            return new RouteReading { Definition = definition, Route = route with { Remedy = ambiguous.Advice }, Problem = ambiguous };
        }

        if (connection is null)
        {
            return new RouteReading { Definition = definition, Route = route with { Remedy = RouteMatch.MissingRemedy(definition) } };
        }

        Task<List<Sync>?> syncs = InTurnAsync<List<Sync>?>(async () => await NewestAsync(airbyte, connection.ConnectionId, cancel).ConfigureAwait(false));
        Task<AirbyteDestination?> destination = InTurnAsync(() => airbyte.ReadDestinationAsync(connection.DestinationId, cancel));
        Task<AirbyteSource?> source = InTurnAsync(() => airbyte.ReadSourceAsync(connection.SourceId, cancel));
        await Task.WhenAll(syncs, destination, source).ConfigureAwait(false);
        return new RouteReading
        {
            Definition = definition,
            Route = route with
            {
                ConnectionId = connection.ConnectionId,
                Status = connection.Status,
                LastSync = (await syncs.ConfigureAwait(false))?.FirstOrDefault(),
                Location = LocationOf(await destination.ConfigureAwait(false)),
                Remedy = problem?.Advice,
            },
            Connection = connection,
            Source = await source.ConfigureAwait(false),
            Destination = await destination.ConfigureAwait(false),
            Syncs = await syncs.ConfigureAwait(false) ?? [],
            Problem = problem,
        };

        async Task<T?> InTurnAsync<T>(Func<Task<T?>> ask)
        {
            await gate.WaitAsync(cancel).ConfigureAwait(false);
            try
            {
                return await ask().ConfigureAwait(false);
            }
            catch (AcodeException failure)
            {
                problem = failure;
                return default;
            }
            finally
            {
                gate.Release();
            }
        }
    }

    private static async Task<List<Sync>> NewestAsync(IAirbyteServer airbyte, Guid connection, CancellationToken cancel)
    {
        List<Sync> newest = [];
        int seen = 0;
        await foreach (Sync sync in airbyte.ListSyncsAsync(connection, cancel).ConfigureAwait(false))
        {
            // A reset or a clearing moves no rows by intention.
            if (sync.JobType is "sync" or "refresh")
            {
                newest.Add(sync);
            }

            if (++seen == NewestSyncs)
            {
                break;
            }
        }

        return newest;
    }

    private static string? LocationOf(AirbyteDestination? destination) =>
        destination?.Bucket is { } bucket ? $"s3://{bucket}/{destination.BucketPath?.Trim('/')}" : null;
}
