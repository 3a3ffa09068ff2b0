namespace AcodeOps.Tuning.Settings;

/// <summary>
/// From which versions on the settings that rules propose can be changed while the server runs. Source: the reference manuals of MySQL
/// 5.7 to 9.x ("Server System Variables", "InnoDB System Variables") and MariaDB's knowledge base.
/// </summary>
public static class SettingCatalog
{
    private static readonly Version Always = new(0, 0);

    // Null: only at the server's start.
    private static readonly Dictionary<string, (Version? MySql, Version? MariaDb)> Dynamic = new(StringComparer.Ordinal)
    {
        ["binlog_expire_logs_seconds"] = (Always, Always),
        ["expire_logs_days"] = (Always, Always),
        ["innodb_buffer_pool_size"] = (new(5, 7, 5), new(10, 2, 2)),
        ["innodb_doublewrite"] = (null, null),
        ["innodb_file_per_table"] = (Always, Always),
        ["innodb_flush_log_at_trx_commit"] = (Always, Always),
        ["innodb_log_buffer_size"] = (new(8, 0, 11), null),
        ["innodb_log_file_size"] = (null, new(10, 9)),
        ["innodb_redo_log_capacity"] = (Always, null),
        ["innodb_stats_on_metadata"] = (Always, Always),
        ["local_infile"] = (Always, Always),
        ["long_query_time"] = (Always, Always),
        ["max_connections"] = (Always, Always),
        ["performance_schema"] = (null, null),
        ["query_cache_type"] = (Always, Always),
        ["read_only"] = (Always, Always),
        ["relay_log_recovery"] = (null, Always),
        ["slow_query_log"] = (Always, Always),
        ["super_read_only"] = (Always, null),
        ["sync_binlog"] = (Always, Always),
        ["table_open_cache"] = (Always, Always),
        ["thread_cache_size"] = (Always, Always),
        ["tmp_table_size"] = (Always, Always),
        ["max_heap_table_size"] = (Always, Always),
    };

    /// <summary>The settings that rules may propose.</summary>
    public static IEnumerable<string> Names => Dynamic.Keys;

    /// <summary>Whether only a server's configuration file may hold it: MySQL does not persist it.</summary>
    public static bool IsFileOnly(string variable) => variable == "innodb_doublewrite";

    /// <summary>When a change takes effect on a server.</summary>
    public static SettingEffect EffectOf(string variable, ServerVersion version)
    {
        (Version? mySql, Version? mariaDb) = Dynamic[variable];
        return version.IsFrom(mySql, mariaDb) ? SettingEffect.Now : SettingEffect.Restart;
    }
}
