using System.Globalization;

namespace AcodeOps.Tuning.Settings;

/// <summary>How a server is set, and what it has counted since its start.</summary>
public sealed record ServerSettings
{
    /// <summary>Which server it is.</summary>
    public required ServerVersion Version { get; init; }

    /// <summary>Its global variables, by their names in small letters.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Its status counters, by the server's own names.</summary>
    public required IReadOnlyDictionary<string, long> Counters { get; init; }

    /// <summary>The variables that were set while it ran and that no file has: a restart loses them. Null where the server does not tell.</summary>
    public IReadOnlySet<string>? Unsaved { get; init; }

    /// <summary>True where it replicates from another server.</summary>
    public bool IsReplica { get; init; }

    /// <summary>The size of its tables with their indexes, in bytes; null where the server does not tell.</summary>
    public long? DataBytes { get; init; }

    /// <summary>The memory of the machine that it runs on, in bytes; null where nobody told.</summary>
    public long? MachineBytes { get; init; }

    /// <summary>How long it has run.</summary>
    public TimeSpan Uptime => TimeSpan.FromSeconds(Counter("Uptime") ?? 0);

    /// <summary>A variable; null where this server does not have it.</summary>
    public string? Text(string name) => Variables.GetValueOrDefault(name);

    /// <summary>A variable that is a number; null where this server does not have it, or it is a word.</summary>
    public long? Whole(string name) => decimal.TryParse(Text(name), NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number)
        ? (long)Math.Clamp(number, long.MinValue, long.MaxValue) : null;

    /// <summary>A variable that is on or off; null where this server does not have it.</summary>
    public bool? IsOn(string name) => Text(name)?.ToUpperInvariant() switch
    {
        "ON" or "1" or "YES" or "TRUE" => true,
        "OFF" or "0" or "NO" or "FALSE" => false,
        _ => null,
    };

    /// <summary>A counter; null where this server does not have it.</summary>
    public long? Counter(string name) => Counters.TryGetValue(name, out long value) ? value : null;

    /// <summary>The most memory that it can come to take: what all share, and what each of its connections may take at once. In bytes.</summary>
    /// <remarks>MySQL Reference Manual, "How MySQL Uses Memory": the buffers are taken only where a statement needs them, so this is the worst case and never the usual one.</remarks>
    public MemoryCase Memory(IReadOnlyDictionary<string, long>? changed = null)
    {
        long Of(string name) => changed?.TryGetValue(name, out long value) == true ? value : Whole(name) ?? 0;
        long shared = Of("innodb_buffer_pool_size") + Of("innodb_log_buffer_size") + Of("key_buffer_size") + Of("query_cache_size");
        long each = Of("sort_buffer_size") + Of("join_buffer_size") + Of("read_buffer_size") + Of("read_rnd_buffer_size") + Of("thread_stack") + Of("binlog_cache_size")
            + Math.Min(Of("tmp_table_size"), Of("max_heap_table_size"));
        return new MemoryCase(shared, each, Of("max_connections"));
    }
}

/// <summary>The worst case of a server's memory, in bytes.</summary>
/// <param name="Shared">What all connections share.</param>
/// <param name="Each">What one connection may take.</param>
/// <param name="Connections">How many there may be.</param>
public sealed record MemoryCase(long Shared, long Each, long Connections)
{
    /// <summary>All of it.</summary>
    public long Total => Shared + (Each * Connections);

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Bytes(Shared)} shared and {Connections} connections of {Bytes(Each)}: {Bytes(Total)}");

    private static string Bytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:#,0.#} MiB");
}
