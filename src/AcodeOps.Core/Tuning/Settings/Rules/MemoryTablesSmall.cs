namespace AcodeOps.Tuning.Settings.Rules;

/// <summary>Where temporary tables are of the MEMORY engine, its limit counts beside theirs: on MariaDB, and on MySQL before 8.0.</summary>
internal sealed class MemoryTablesSmall() : TemporaryTableRule("max_heap_table_size")
{
    /// <inheritdoc />
    public override string Id => "MemoryTablesSmall";

    /// <inheritdoc />
    public override SettingChange? Judge(ServerSettings server) => server.Version.IsFrom(new Version(8, 0), null) ? null : base.Judge(server);
}
