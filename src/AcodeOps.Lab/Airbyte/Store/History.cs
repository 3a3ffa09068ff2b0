using System.Text.Json;
using System.Text.Json.Nodes;

namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>
/// Every change of state, one JSON line each with <c>at</c> and <c>event</c>: server_started, connection_status, job, object_written,
/// object_deleted, state, fault. A checker of invariants reads it; a line is written before the change is visible to callers.
/// </summary>
internal sealed class History(string path)
{
    private readonly Lock _gate = new();

    public void Write(string what, JsonObject facts)
    {
        JsonObject line = new() { ["at"] = DateTimeOffset.UtcNow.ToString("O"), ["event"] = what };
        foreach ((string name, JsonNode? value) in facts)
        {
            line[name] = value?.DeepClone();
        }

        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, StoreJson.Options), (byte)'\n'];
        lock (_gate)
        {
            using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            file.Write(bytes);
        }
    }
}
