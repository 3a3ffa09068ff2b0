using System.Globalization;
using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using MySqlConnector;

namespace AcodeOps.Lab.Airbyte.Sync;

/// <summary>The state of one stream as source-mysql writes it: where a snapshot stands (by primary key), or how far the cursor has come.</summary>
internal static class StreamBlobs
{
    public const string PrimaryKey = "primary_key";
    public const string CursorBased = "cursor_based";

    /// <summary>A full refresh that has come to its end: a later attempt of the same job passes it over.</summary>
    public const string Completed = "completed";

    public static JsonObject Snapshot(string keyName, string keyValue, JsonObject? incrementalState)
    {
        JsonObject blob = new() { ["version"] = 3, ["state_type"] = PrimaryKey, ["pk_name"] = keyName, ["pk_val"] = keyValue };
        if (incrementalState is not null)
        {
            blob["incremental_state"] = incrementalState.DeepClone();
        }

        return blob;
    }

    public static JsonObject Cursor(ConfiguredStream stream, string value) => new()
    {
        ["version"] = 3,
        ["state_type"] = CursorBased,
        ["stream_name"] = stream.Name,
        ["stream_namespace"] = stream.Namespace,
        ["cursor_field"] = new JsonArray(stream.CursorField[0]),
        ["cursor"] = value,
        ["cursor_record_count"] = 0,
    };

    public static JsonObject End() => new() { ["version"] = 3, ["state_type"] = Completed };

    public static string? TypeOf(JsonObject? blob) => (string?)blob?["state_type"];

    /// <summary>A column of the reader's current row as a state keeps it; null for NULL.</summary>
    public static string? Text(MySqlDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetDataTypeName(ordinal).ToUpperInvariant() switch
    {
        "DATE" => reader.GetDateTime(ordinal).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "DATETIME" => reader.GetDateTime(ordinal).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        "TIMESTAMP" => reader.GetDateTime(ordinal).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        _ => Convert.ToString(reader.GetValue(ordinal), CultureInfo.InvariantCulture),
    };

    /// <summary>A value of a state as a parameter of a query: numbers compare as numbers.</summary>
    public static object Parameter(string value, SourceColumn column) => column.DataType.ToLowerInvariant() switch
    {
        "tinyint" or "smallint" or "mediumint" or "int" or "integer" or "bigint" or "year" => long.Parse(value, CultureInfo.InvariantCulture),
        "decimal" or "numeric" or "float" or "double" => decimal.Parse(value, CultureInfo.InvariantCulture),
        "timestamp" => value.TrimEnd('Z'),
        _ => value,
    };
}
