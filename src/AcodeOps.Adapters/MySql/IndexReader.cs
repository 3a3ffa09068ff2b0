using AcodeOps.Tuning.Indexes;
using AcodeOps.Tuning.Settings;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>Reads the indexes of a source's tables, and the plans of the pipeline's statements on them.</summary>
internal sealed class IndexReader(SourceConnections connections, SourceDefinition source) : IIndexReader
{
    /// <inheritdoc />
    public Task<IndexedServer> ReadAsync(IReadOnlyList<TableDefinition> tables, CancellationToken cancel) => connections.AskAsync(
        (connection, token) => ReadAsync(connection, source, tables, token), cancel);

    /// <summary>Reads them in a session that is there.</summary>
    public static async Task<IndexedServer> ReadAsync(MySqlConnection connection, SourceDefinition source, IReadOnlyList<TableDefinition> tables, CancellationToken cancel)
    {
        Dictionary<string, long> counters = await StatusCounters.ReadAsync(connection, "SHOW GLOBAL STATUS LIKE 'Uptime'", cancel).ConfigureAwait(false);
        IReadOnlyList<TableSchema> schemas = await SchemaReader.ReadAsync(connection, source, [.. tables.Select(table => table.Name)], cancel).ConfigureAwait(false);
        (Dictionary<(string Table, string Index), long> uses, UnknownUse? unknown) = await IndexUseReader.ReadAsync(connection, source, cancel).ConfigureAwait(false);
        List<IndexedTable> read = [];
        foreach (TableDefinition definition in tables)
        {
            if (schemas.FirstOrDefault(schema => schema.Name.Equals(definition.Name, StringComparison.OrdinalIgnoreCase)) is { } schema)
            {
                TableAccess access = TableAccess.Of(definition, schema, source);
                IndexedTable table = await IndexCatalogReader.ReadAsync(connection, schema, uses, cancel).ConfigureAwait(false);
                read.Add(table with { Statements = await PipelineStatements.ExplainAsync(connection, access, source, cancel).ConfigureAwait(false) });
            }
        }

        return new IndexedServer
        {
            Version = ServerVersion.Of(connection.IsMariaDb() ? SourceFlavor.MariaDb : SourceFlavor.MySql, connection.ServerVersion),
            Uptime = TimeSpan.FromSeconds(counters.GetValueOrDefault("Uptime")),
            Tables = read,
            UnknownUse = unknown,
        };
    }
}
