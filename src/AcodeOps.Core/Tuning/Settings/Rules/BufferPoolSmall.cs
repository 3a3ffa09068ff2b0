using System.Globalization;

namespace AcodeOps.Tuning.Settings.Rules;

/// <summary>Pages come from the disk that could be in memory. Proposed only where the machine's memory is known and the data is larger than the pool.</summary>
internal sealed class BufferPoolSmall : SettingRule
{
    private const double ManyMisses = 0.01;
    private const double Share = 0.6;
    private const long Chunk = 128 << 20;
    private const long EnoughRequests = 1_000_000;

    /// <inheritdoc />
    public override string Id => "BufferPoolSmall";

    /// <inheritdoc />
    public override SettingChange? Judge(ServerSettings server)
    {
        if (server.Whole("innodb_buffer_pool_size") is not { } pool || server.MachineBytes is not { } machine || server.DataBytes is not { } data
            || server.Counter("Innodb_buffer_pool_reads") is not { } reads || server.Counter("Innodb_buffer_pool_read_requests") is not (>= EnoughRequests and var requests))
        {
            return null;
        }

        MemoryCase memory = server.Memory();
        long room = machine - (memory.Total - pool);
        long wanted = Math.Min(Math.Min((long)(machine * Share), room), (long)(data * 1.1)) / Chunk * Chunk;
        return reads < requests * ManyMisses || data <= pool || wanted < pool + Chunk ? null : Change(
            server, "innodb_buffer_pool_size", Number(wanted), "Pages are read from the disk that could stay in memory.",
            string.Create(CultureInfo.InvariantCulture, $"{100.0 * reads / requests:0.#} % of page reads went to the disk; the pool has {Size(pool)}, the data {Size(data)}, the machine {Size(machine)}, of which the worst case takes {Size(memory.Total)}."),
            $"{Size(wanted)} stay in memory.", "It grows chunk by chunk while the server works.");
    }
}
