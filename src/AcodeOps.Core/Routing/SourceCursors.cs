namespace AcodeOps.Routing;

/// <summary>The newest cursor values that a source holds.</summary>
internal static class SourceCursors
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>For each incremental stream of a route; null where it cannot be told (no index leads with the column, no answer in time).</summary>
    public static async Task<IReadOnlyDictionary<string, string?>> ReadAsync(IInstallation installation, PlannedRoute route, CancellationToken cancel)
    {
        ISource source = installation.Source(route.Route.Source);
        Dictionary<string, string?> newest = [];
        foreach (ConnectionStream stream in route.IncrementalStreams.Where(s => s.CursorField.Count == 1))
        {
            newest[stream.Name] = await Known.OrDefaultAsync<string?>(
                c => source.ReadCursorAsync(installation.Environment.TableOf(stream), stream.CursorField[0], c), Limit, cancel).ConfigureAwait(false);
        }

        return newest;
    }

    /// <summary>The table of a stream; by its name alone where the environment does not define it.</summary>
    public static TableDefinition TableOf(this AcodeEnvironment environment, ConnectionStream stream) =>
        environment.Tables.FirstOrDefault(t => t.Name == stream.Name) ?? new TableDefinition { Name = stream.Name };
}
