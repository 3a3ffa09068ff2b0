using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using MySqlConnector;

namespace AcodeOps.Lab.Airbyte.Sync;

/// <summary>What one attempt reads of one stream, and which state it leaves.</summary>
internal sealed class StreamPlan
{
    private readonly List<(string Name, object Value)> _parameters = [];
    private string _where = "";
    private string _order = "";

    private StreamPlan(ConfiguredStream stream, SourceStream table)
    {
        (Stream, Table) = (stream, table);
        Columns = [.. stream.Fields.Select(f => Column(f))];
    }

    public ConfiguredStream Stream { get; }

    public SourceStream Table { get; }

    public IReadOnlyList<SourceColumn> Columns { get; }

    /// <summary>Nothing lies beyond the cursor: no query is made.</summary>
    public bool HasNothing { get; private init; }

    /// <summary>The key by which a snapshot is read and resumed; null when rows come by cursor, or cannot be resumed.</summary>
    public string? KeyColumn { get; private init; }

    /// <summary>The cursor's state once everything is read; null for full refresh.</summary>
    public JsonObject? FinalCursor { get; private init; }

    /// <summary>The state once everything is read; null = none (an incremental stream that is still empty).</summary>
    public JsonObject? FinalState => Stream.IsIncremental ? FinalCursor : StreamBlobs.End();

    /// <summary>Decides from the stream's mode and its state.</summary>
    public static async Task<StreamPlan> MakeAsync(ConfiguredStream stream, SourceStream table, JsonObject? blob, MySqlConnection connection, CancellationToken cancel)
    {
        string? key = table.PrimaryKey.Count == 1 ? table.PrimaryKey[0] : null;
        if (!stream.IsIncremental)
        {
            return new StreamPlan(stream, table) { KeyColumn = key, HasNothing = StreamBlobs.TypeOf(blob) == StreamBlobs.Completed }.ByKey(blob);
        }

        string cursor = stream.CursorField[0];
        if (StreamBlobs.TypeOf(blob) == StreamBlobs.CursorBased)
        {
            string saved = (string?)blob!["cursor"] ?? throw Invalid(stream, "it has no cursor");
            if ((string?)blob["cursor_field"]?[0] != cursor)
            {
                throw Invalid(stream, $"its cursor field is not {cursor}");
            }

            // Up to what is there now; a source that has nothing newer, such as a lagging replica, is left alone with the state as it was.
            string? newest = await NewestAsync(connection, table, cursor, saved, cancel);
            return newest is null || newest == saved
                ? new StreamPlan(stream, table) { HasNothing = true }
                : new StreamPlan(stream, table) { FinalCursor = StreamBlobs.Cursor(stream, newest) }.ByCursor(cursor, saved, newest);
        }

        // First sync, or an unfinished one: a snapshot by key. Its cursor is the newest value from before it began.
        JsonObject? later = blob?["incremental_state"]?.DeepClone().AsObject()
            ?? (await NewestAsync(connection, table, cursor, null, cancel) is string highest ? StreamBlobs.Cursor(stream, highest) : null);
        return new StreamPlan(stream, table) { KeyColumn = key, FinalCursor = later }.ByKey(blob);
    }

    public MySqlCommand Query(MySqlConnection connection)
    {
        string columns = string.Join(", ", Stream.Fields.Select(Quote));
        MySqlCommand command = new($"SELECT {columns} FROM {Quote(Table.Namespace)}.{Quote(Table.Name)}{_where}{_order}", connection);
        foreach ((string name, object value) in _parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    /// <summary>The state to save once everything up to the reader's current row has landed; null when there is none to save.</summary>
    public JsonObject? Checkpoint(MySqlDataReader lastRow)
    {
        string? column = KeyColumn ?? (Stream.IsIncremental ? Stream.CursorField[0] : null);
        if (column is null || (KeyColumn is null && _where.Length == 0))
        {
            return null;
        }

        string? value = StreamBlobs.Text(lastRow, lastRow.GetOrdinal(column));
        return value is null ? null : KeyColumn is not null ? StreamBlobs.Snapshot(KeyColumn, value, FinalCursor) : StreamBlobs.Cursor(Stream, value);
    }

    private static async Task<string?> NewestAsync(MySqlConnection connection, SourceStream table, string cursor, string? since, CancellationToken cancel)
    {
        // With a bound, so that an index on the cursor is all that is read.
        string bound = since is null ? "" : $" WHERE {Quote(cursor)} >= @since";
        await using MySqlCommand command = new($"SELECT MAX({Quote(cursor)}) FROM {Quote(table.Namespace)}.{Quote(table.Name)}{bound}", connection);
        if (since is not null)
        {
            command.Parameters.AddWithValue("@since", StreamBlobs.Parameter(since, table.Columns.First(c => c.Name == cursor)));
        }

        await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? StreamBlobs.Text(reader, 0) : null;
    }

    private static string Quote(string name) => "`" + name.Replace("`", "``", StringComparison.Ordinal) + "`";

    private static SyncFailure Invalid(ConfiguredStream stream, string why) =>
        new("source", JobFailure.ConfigError, $"The saved state of stream {stream.Name} is invalid: {why}.");

    private StreamPlan ByKey(JsonObject? blob)
    {
        if (Table.PrimaryKey.Count > 0)
        {
            _order = $" ORDER BY {string.Join(", ", Table.PrimaryKey.Select(Quote))}";
        }

        if (KeyColumn is not null && StreamBlobs.TypeOf(blob) == StreamBlobs.PrimaryKey && (string?)blob!["pk_val"] is string last)
        {
            _where = $" WHERE {Quote(KeyColumn)} > @last";
            _parameters.Add(("@last", StreamBlobs.Parameter(last, Column(KeyColumn))));
        }

        return this;
    }

    /// <summary>From the saved value on, and with it: rows that share the cursor's value may come twice, but none is lost.</summary>
    private StreamPlan ByCursor(string cursor, string from, string to)
    {
        _where = $" WHERE {Quote(cursor)} >= @from AND {Quote(cursor)} <= @to";
        _order = $" ORDER BY {string.Join(", ", new[] { cursor }.Concat(Table.PrimaryKey).Select(Quote))}";
        _parameters.Add(("@from", StreamBlobs.Parameter(from, Column(cursor))));
        _parameters.Add(("@to", StreamBlobs.Parameter(to, Column(cursor))));
        return this;
    }

    private SourceColumn Column(string name) => Table.Columns.FirstOrDefault(c => c.Name == name)
        ?? throw new SyncFailure("source", JobFailure.ConfigError, $"Stream {Table.Name} has no column {name} any more.");
}
