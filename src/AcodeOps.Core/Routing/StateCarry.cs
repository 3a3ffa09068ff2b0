using AcodeOps.Syncs;

namespace AcodeOps.Routing;

/// <summary>
/// Works out where the new route's incremental streams are to read on, so that no row is passed over, and few are read
/// twice. A cursor means the same on a server and on its replica, as both hold the same rows; but a replica gets them later,
/// and rows are committed later than they are dated. So:
/// <list type="bullet">
/// <item>the same source: from where the old route stopped, exactly;</item>
/// <item>to the replica: from there, set back by the replica's lag and a margin;</item>
/// <item>back to the primary: from the newest value that the replica held when it took over, set back by the margin: what had
/// not reached the replica by then is read from there on, wherever the replica has come since.</item>
/// </list>
/// </summary>
internal sealed class StateCarry
{
    /// <summary>The route that wrote before.</summary>
    public required PlannedRoute Origin { get; init; }

    /// <summary>The route that will write.</summary>
    public required PlannedRoute To { get; init; }

    /// <summary>The state of the route that wrote before.</summary>
    public required SyncState OldState { get; init; }

    /// <summary>The new route's own state, from when it wrote the last time.</summary>
    public required SyncState OwnState { get; init; }

    /// <summary>How far the new source is behind the old one, in seconds.</summary>
    public required double LagSeconds { get; init; }

    /// <summary>The margin, in seconds.</summary>
    public required double MarginSeconds { get; init; }

    /// <summary>The newest cursor values that the new source holds, by stream.</summary>
    public IReadOnlyDictionary<string, string?> SourceCursors { get; init; } = new Dictionary<string, string?>();

    /// <summary>The newest cursor values that the replica held when it took over, by stream; null when that is not on record.</summary>
    public IReadOnlyDictionary<string, string?>? CursorsAtTakeover { get; init; }

    /// <summary>Works it out for every incremental stream of the new route.</summary>
    /// <exception cref="AcodeException"><c>CursorMissing</c>, <c>CursorNotComparable</c> (Refused): it cannot be worked out.</exception>
    public IReadOnlyList<CarriedStream> Compute() => [.. To.IncrementalStreams.Select(Compute)];

    private CarriedStream Compute(ConnectionStream stream)
    {
        StreamCursor old = Cursor(OldState, stream) ?? throw new AcodeException(
            "CursorMissing", FailureClass.Refused, $"Route '{Origin}' has no cursor for the stream {stream.Name}.")
        {
            Advice = "Use -StatePolicy Keep to read on from the standby's own state, or Fresh to read everything anew.",
            Subject = stream,
        };
        StreamCursor from = (Origin.Route.Source, To.Route.Source) switch
        {
            (SourceRole.Primary, SourceRole.Backup) => OnReplica(stream, old),
            (SourceRole.Backup, SourceRole.Primary) => BackOnPrimary(stream, old),
            _ => old,
        };
        return new CarriedStream(stream, old, from, from.ToState(stream.Name, To.NamespaceOf(stream)));
    }

    private StreamCursor OnReplica(ConnectionStream stream, StreamCursor old) => old.CanRewind
        ? old.Rewind(TimeSpan.FromSeconds(LagSeconds + MarginSeconds))
        : NotBeyond(old, SourceCursors.GetValueOrDefault(stream.Name));

    private StreamCursor BackOnPrimary(ConnectionStream stream, StreamCursor old)
    {
        StreamCursor from = CursorsAtTakeover?.GetValueOrDefault(stream.Name) is { } atTakeover
            ? NotBeyond(old, atTakeover)
            : Cursor(OwnState, stream) is { } own ? StreamCursor.Least(own, old) : old;
        return from.CanRewind ? from.Rewind(TimeSpan.FromSeconds(MarginSeconds)) : from;
    }

    private static StreamCursor NotBeyond(StreamCursor cursor, string? value) => value is null ? cursor : StreamCursor.Least(cursor, cursor with { Value = value });

    private static StreamCursor? Cursor(SyncState state, ConnectionStream stream) => state.Find(stream.Name) is { } found ? StreamCursor.Read(found) : null;
}
