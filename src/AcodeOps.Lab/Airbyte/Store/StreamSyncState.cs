using System.Text.Json.Nodes;

namespace AcodeOps.Lab.Airbyte.Store;

internal sealed record StreamSyncState(string? Namespace, string Name, JsonObject Blob)
{
    public string Key => StreamKey.Of(Namespace, Name);
}
