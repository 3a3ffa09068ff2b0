using AcodeOps.Syncs;

namespace AcodeOps.Recovery.Drill;

/// <summary>
/// The route of a rehearsal: as the standby's, with a connection of its own, whose streams bear the run's mark. So what it lands
/// lies in folders of its own, and its connection is found again by its name.
/// </summary>
internal sealed class ShadowRoute
{
    private readonly DrillPlan _plan;

    public ShadowRoute(DrillPlan plan, string runId) => (_plan, Mark) = (plan, $"acode_drill_{runId.ToLowerInvariant()}_");

    /// <summary>What the names of its streams start with at the destination; no other run has it.</summary>
    public string Mark { get; }

    /// <summary>What its connection puts before every stream's name.</summary>
    public string Prefix => Mark + _plan.To.Connection.Prefix;

    /// <summary>Its connection's name.</summary>
    public string ConnectionName => $"{Mark.TrimEnd('_')}: drill of {_plan.To.Connection.Name}";

    /// <summary>Where its objects lie: bucket and what their keys start with, as of a day.</summary>
    public string Location(DateTimeOffset at) => $"s3://{_plan.To.Destination.Bucket}/{Folder(_plan.To.Connection.Streams[0], at)}";

    /// <summary>
    /// False where the objects of a rehearsal could not be told from the lake's: where the destination's path does not name the
    /// stream, or only behind a part that is another for each object.
    /// </summary>
    public static bool IsApart(PlannedRoute standby) =>
        standby.Connection.Streams.All(stream => Folder(standby, stream, stream.Name, DateTimeOffset.UnixEpoch) is not null);

    /// <summary>The route as planned routes are. Its streams begin without a state, so each of them is read whole, and proven as a snapshot.</summary>
    public PlannedRoute ToPlanned(Guid connection) => _plan.To with
    {
        Connection = _plan.To.Connection with
        {
            ConnectionId = connection,
            Name = ConnectionName,
            Status = ConnectionStatus.Active,
            Prefix = Prefix,
            Streams = [.. _plan.To.Connection.Streams.Select(stream => stream with { SyncMode = "full_refresh_append", CursorField = [] })],
        },
    };

    /// <summary>What the keys of all its objects start with, from the day of the plan until now; each bears the mark.</summary>
    public IReadOnlyCollection<string> Folders(DateTimeOffset now)
    {
        HashSet<string> folders = new(StringComparer.Ordinal);

        // The partition is that of Airbyte's clock, which may be on another day than ours.
        for (DateTimeOffset day = _plan.PlannedAt.AddDays(-1); day <= now.AddDays(1); day = day.AddDays(1))
        {
            folders.UnionWith(_plan.To.Connection.Streams.Select(stream => Folder(stream, day)));
        }

        return folders;
    }

    private string Folder(ConnectionStream stream, DateTimeOffset at) => Folder(ToPlanned(Guid.Empty), stream, Mark, at)
        ?? throw new AcodeException("DrillNotApart", FailureClass.Refused, $"The objects of a drill of '{_plan.To}' could not be told from the lake's.") { Subject = _plan };

    private static string? Folder(PlannedRoute route, ConnectionStream stream, string name, DateTimeOffset at)
    {
        string path = LandingPath.PrefixOf(route.Connection, stream, route.Destination, DateOnly.FromDateTime(at.UtcDateTime)).Prefix;
        int start = path.IndexOf(name, StringComparison.Ordinal);
        return start < 0 ? null : path[..(start + name.Length)];
    }
}
