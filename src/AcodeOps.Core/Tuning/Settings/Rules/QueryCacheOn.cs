namespace AcodeOps.Tuning.Settings.Rules;

/// <summary>The query cache is one lock for all: each write throws away what it has of the table. MySQL 8.0 has none any more.</summary>
internal sealed class QueryCacheOn : SettingRule
{
    /// <inheritdoc />
    public override string Id => "QueryCacheOn";

    /// <inheritdoc />
    public override SettingChange? Judge(ServerSettings server) =>
        server.Text("query_cache_type") is not { } type || server.IsOn("query_cache_type") == false || !(server.Whole("query_cache_size") > 0) ? null : Change(
            server, "query_cache_type", "OFF", "Statements wait for the query cache's one lock, and each write to a table empties it of that table.",
            $"query_cache_type is {type}, query_cache_size {Size(server.Whole("query_cache_size")!.Value)}.", "Writes and reads do not wait for each other.",
            "The same statement on a table that nobody writes is run again.");
}
