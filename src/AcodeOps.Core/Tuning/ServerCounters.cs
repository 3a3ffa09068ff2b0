namespace AcodeOps.Tuning;

/// <summary>The status counters of a server at one moment.</summary>
public sealed record ServerCounters
{
    /// <summary>The counters that readings are made of, by the servers' own names; <c>Handler_read_%</c> comes with them.</summary>
    public static IReadOnlyList<string> Asked { get; } =
    [
        "Uptime", "Uptime_since_flush_status", "Threads_running", "Threads_connected", "Connection_errors_max_connections", "Queries", "Slow_queries", "Com_commit",
        "Com_insert", "Com_insert_select", "Com_update", "Com_update_multi", "Com_delete", "Com_delete_multi", "Com_replace", "Com_replace_select", "Com_load",
        "Innodb_buffer_pool_read_requests", "Innodb_buffer_pool_reads", "Innodb_buffer_pool_pages_free", "Innodb_buffer_pool_pages_total",
        "Created_tmp_tables", "Created_tmp_disk_tables",
    ];

    /// <summary>The make.</summary>
    public required SourceFlavor Flavor { get; init; }

    /// <summary>How many connections it gives at most.</summary>
    public required long MaxConnections { get; init; }

    /// <summary>From how many seconds on it counts a statement as slow.</summary>
    public required double LongQuerySeconds { get; init; }

    /// <summary>The counters by the server's own names. One that this server does not have is not there.</summary>
    public required IReadOnlyDictionary<string, long> Values { get; init; }

    /// <summary>A counter; null where this server does not have it.</summary>
    public long? this[string name] => Values.TryGetValue(name, out long value) ? value : null;
}
