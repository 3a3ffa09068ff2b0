using System.Text.Json;
using System.Text.Json.Nodes;

namespace AcodeOps.Syncs;

/// <summary>
/// How far an incremental stream has been read, by the state that the MySQL connector keeps for it. A state that holds a
/// place in a binary log, or a first snapshot that has not come to its end, has none.
/// </summary>
public sealed record StreamCursor
{
    // The connector's own members; any of them means that a place in one server's binary log is meant.
    private static readonly string[] LogMembers = ["mysql_cdc_offset", "mysql_db_history", "cdc_state"];

    private readonly string _blob;

    private StreamCursor(string blob) => _blob = blob;

    /// <summary>The column that the stream is read by.</summary>
    public required string Field { get; init; }

    /// <summary>The newest value that was read, as the state writes it: <c>2026-03-01T02:00:00.000000</c>, <c>4711</c>.</summary>
    public required string Value { get; init; }

    /// <summary>True when the value is a time or a date, which can be set back by time. A number cannot: it stays, and rows are read by it again.</summary>
    public bool CanRewind => CursorTime.Parse(Value) is not null;

    /// <summary>The cursor in a stream's state; null when it holds none.</summary>
    public static StreamCursor? Read(StreamState state)
    {
        if (Parse(state.Json) is not JsonObject blob
            || (TextOf(blob["state_type"]) ?? "cursor_based") != "cursor_based"
            || TextOf(blob["cursor"]) is not { Length: > 0 } value
            || blob["cursor_field"] is not JsonArray { Count: > 0 } fields
            || TextOf(fields[0]) is not { } field)
        {
            return null;
        }

        return new StreamCursor(state.Json!) { Field = field, Value = value };
    }

    /// <summary>True when the connection reads the binary log: its state is a place in one server's log and means nothing on another.</summary>
    /// <param name="state">The connection's state.</param>
    /// <param name="source">The source as Airbyte holds it; null where it is not known.</param>
    public static bool IsChangeDataCapture(SyncState state, AirbyteSource? source) =>
        string.Equals(source?.ReplicationMethod, "CDC", StringComparison.OrdinalIgnoreCase)
        || state.Kind == SyncStateKind.Global
        || state.Streams.Select(s => s.Json).Append(state.WholeJson).Any(json => HasLogMember(Parse(json)));

    /// <summary>
    /// The cursor set back by a time, so that rows which came late are read; never further forward than asked. A date
    /// goes back to the day that the time falls on. What <see cref="CanRewind"/> excludes comes back unchanged.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A time that is negative.</exception>
    public StreamCursor Rewind(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        return CursorTime.Parse(Value) is { } time ? this with { Value = time.Back(by).ToString() } : this;
    }

    /// <summary>The cursor that has come less far, so that nothing is left out.</summary>
    /// <exception cref="AcodeException"><c>CursorNotComparable</c>: other columns, or values that are neither times nor numbers of one kind.</exception>
    public static StreamCursor Least(StreamCursor a, StreamCursor b) =>
        a.Field == b.Field && CursorOrder.Compare(a.Value, b.Value) is { } order ? (order <= 0 ? a : b) : throw new AcodeException(
            "CursorNotComparable", FailureClass.Refused, $"Which cursor has come less far cannot be told: {a} or {b}.")
        {
            Advice = "Use -StatePolicy Fresh, which reads the stream anew.",
            Subject = a,
            IsFatal = false,
        };

    /// <summary>The state of a stream that is to be read on from here: the one that was read, with this value and under the given name.</summary>
    /// <param name="name">The stream's name at the connection that gets it.</param>
    /// <param name="namespace">Its namespace there: the database of the source that it reads.</param>
    public StreamState ToState(string name, string? @namespace)
    {
        JsonObject blob = JsonNode.Parse(_blob)!.AsObject();
        blob["cursor"] = Value;
        Rename("stream_name", name);
        Rename("stream_namespace", @namespace);
        return new StreamState(name, @namespace, blob.ToJsonString());

        void Rename(string member, string? text)
        {
            if (blob.ContainsKey(member))
            {
                blob[member] = text;
            }
        }
    }

    /// <inheritdoc />
    public override string ToString() => $"{Field} {Value}";

    private static JsonNode? Parse(string? json) => json is null ? null : JsonNode.Parse(json);

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static bool HasLogMember(JsonNode? node) => node switch
    {
        JsonObject members => members.Any(member => LogMembers.Contains(member.Key) || HasLogMember(member.Value)),
        JsonArray items => items.Any(HasLogMember),
        _ => false,
    };
}
