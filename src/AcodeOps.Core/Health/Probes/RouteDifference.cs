using AcodeOps.Syncs;

namespace AcodeOps.Health.Probes;

/// <summary>One difference between two routes.</summary>
/// <param name="What">What is different.</param>
/// <param name="Meaning">What that means after a switch.</param>
/// <param name="IsLoss">True when data would stop to flow.</param>
/// <param name="IsHarmless">True when readers and syncs would not notice: told, and not held against the route.</param>
internal sealed record RouteDifference(string What, string Meaning, bool IsLoss = false, bool IsHarmless = false)
{
    public override string ToString() => $"{What}: {Meaning}";

    /// <summary>All differences of two routes whose connections and destinations are known.</summary>
    public static IReadOnlyList<RouteDifference> Between(RouteReading preferred, RouteReading other) =>
    [
        .. Streams(preferred.Connection!, other.Connection!),
        .. Names(preferred, other),
        .. Files(preferred.Destination!, other.Destination!),
    ];

    private static IEnumerable<RouteDifference> Streams(Connection preferred, Connection other)
    {
        foreach (ConnectionStream stream in preferred.Streams)
        {
            if (other.Streams.FirstOrDefault(s => s.Name == stream.Name) is not { } twin)
            {
                yield return new($"stream {stream.Name} is missing", "it stands still for as long as this route writes", IsLoss: true);
                continue;
            }

            if (twin.SyncMode != stream.SyncMode)
            {
                yield return new($"stream {stream.Name} syncs by {twin.SyncMode} instead of {stream.SyncMode}", MeaningOf(twin.SyncMode));
            }
            else if (!twin.CursorField.SequenceEqual(stream.CursorField))
            {
                yield return new(
                    $"stream {stream.Name} reads on by {Cursor(twin)} instead of {Cursor(stream)}", "the place where one route stopped means nothing to the other");
            }
        }

        foreach (ConnectionStream stream in other.Streams.Where(s => preferred.Streams.All(p => p.Name != s.Name)))
        {
            yield return new($"stream {stream.Name} is only here", "it will stand still again after the way back");
        }
    }

    private static IEnumerable<RouteDifference> Names(RouteReading preferred, RouteReading other)
    {
        Connection from = preferred.Connection!;
        Connection to = other.Connection!;
        string[] spaces = [.. Namespaces(from)];
        string[] otherSpaces = [.. Namespaces(to)];
        if (!spaces.SequenceEqual(otherSpaces) && otherSpaces.Length > 0)
        {
            // A replica's database often has another name. It matters where the path shows it, or where a sync state names it.
            bool isInPath = other.Destination!.PathFormat?.Contains("${NAMESPACE}", StringComparison.Ordinal) != false;
            bool isInState = to.Streams.Any(stream => stream.IsIncremental);
            yield return new(
                $"namespace {Words(otherSpaces)} instead of {Words(spaces)}",
                isInPath ? "objects land under another path"
                    : isInState ? "the path does not show it, but saved sync states of one route do not fit the other as they are"
                    : "the path does not show it, and whole snapshots keep no state",
                IsHarmless: !isInPath && !isInState);
        }

        if ((from.NamespaceDefinition, from.NamespaceFormat) != (to.NamespaceDefinition, to.NamespaceFormat))
        {
            yield return new($"namespaces are made by {to.NamespaceDefinition ?? "an untold rule"} instead of {from.NamespaceDefinition ?? "an untold rule"}", "objects may land under another path");
        }

        if (from.Prefix != to.Prefix)
        {
            yield return new($"prefix '{to.Prefix}' instead of '{from.Prefix}'", $"readers must look for {to.Prefix}{(to.Streams is [{ } first, ..] ? first.Name : "…")}");
        }

        if (preferred.Source?.ReplicationMethod is { } method && other.Source?.ReplicationMethod is { } otherMethod && method != otherMethod)
        {
            yield return new($"the source is read by {otherMethod} instead of {method}", "saved sync states of one route do not fit the other");
        }
    }

    private static IEnumerable<RouteDifference> Files(AirbyteDestination from, AirbyteDestination to)
    {
        if (!Same(from.Format, to.Format))
        {
            yield return new($"files are {to.Format ?? "of an untold format"} instead of {from.Format ?? "an untold format"}", "readers made for the one cannot read the other");
        }
        else if (!Same(from.Compression, to.Compression))
        {
            yield return new(
                $"compression {to.Compression ?? "untold"} instead of {from.Compression ?? "untold"}",
                Same(to.Format, "Parquet") ? "readers of Parquet take both; sizes differ" : "readers must expect both");
        }

        if (from.PathFormat != to.PathFormat)
        {
            yield return new($"path format {to.PathFormat ?? "by default"} instead of {from.PathFormat ?? "by default"}", "readers that go by partition columns or file names do not find them");
        }
    }

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Namespaces(Connection connection) => connection.Streams.Select(s => s.Namespace).OfType<string>().Distinct().Order(StringComparer.Ordinal);

    private static string Words(string[] names) => names.Length == 0 ? "none" : string.Join(", ", names);

    private static string Cursor(ConnectionStream stream) => stream.CursorField.Count == 0 ? "no cursor" : string.Join('.', stream.CursorField);

    private static string MeaningOf(string mode) => mode switch
    {
        "full_refresh_overwrite" => "each run replaces what the runs before had written",
        "full_refresh_append" => "each run writes a whole snapshot beside the ones before",
        _ when mode.StartsWith("full_refresh", StringComparison.Ordinal) => "each run writes everything again",
        _ => "each run writes only what is new by its cursor",
    };
}
