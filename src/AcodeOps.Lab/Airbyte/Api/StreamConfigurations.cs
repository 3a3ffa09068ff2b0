using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using AcodeOps.Lab.Airbyte.Sync;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>The stream list of a connection: read from a request against what was discovered, and written into answers.</summary>
internal static class StreamConfigurations
{
    /// <summary>The streams that a request configures; without a list, all that were discovered.</summary>
    /// <exception cref="ApiException">400: an unknown stream, field or sync mode, or no cursor.</exception>
    public static IReadOnlyList<ConfiguredStream> Parse(JsonArray? requested, IReadOnlyList<SourceStream> discovered) =>
        requested is { Count: > 0 }
            ? [.. requested.Select(r => Parse(r as JsonObject ?? throw Problem.BadRequest("a stream is no object"), discovered))]
            : [.. discovered.Select(d => Parse(new JsonObject { ["name"] = d.Name }, discovered))];

    public static JsonObject Read(IReadOnlyList<ConfiguredStream> streams) => new()
    {
        ["streams"] = new JsonArray([.. streams.Select(s => new JsonObject
        {
            ["name"] = s.Name,
            ["namespace"] = s.Namespace,
            ["syncMode"] = s.SyncMode,
            ["cursorField"] = Path(s.CursorField),
            ["primaryKey"] = new JsonArray([.. s.PrimaryKey.Select(Path)]),
            ["mappers"] = new JsonArray(),
            // An empty list here, which the same server refuses to take back: drop it before a PATCH.
            ["selectedFields"] = new JsonArray([.. (s.SelectedFields ?? []).Select(f => new JsonObject { ["fieldPath"] = new JsonArray(f) })]),
        })]),
    };

    private static ConfiguredStream Parse(JsonObject stream, IReadOnlyList<SourceStream> discovered)
    {
        string name = stream.Text("name");
        string? wantedNamespace = stream.OptionalText("namespace");
        SourceStream found = discovered.FirstOrDefault(d => d.Name == name && (wantedNamespace is null || wantedNamespace == d.Namespace))
            ?? throw Problem.BadRequest($"Invalid stream found. The list of valid streams include: {string.Join(", ", discovered.Select(d => d.Name))}.");

        // Airbyte's own default, and a trap: on S3 it deletes what earlier syncs wrote.
        string mode = stream.OptionalText("syncMode") ?? ConfiguredStream.FullRefreshOverwrite;
        if (!StreamEndpoints.SyncModes.Contains(mode))
        {
            throw Problem.BadRequest($"Cannot set sync mode to {mode} for stream {name}. Valid sync modes are: {string.Join(", ", StreamEndpoints.SyncModes)}");
        }

        IReadOnlyList<string> cursor = [.. (stream["cursorField"] as JsonArray ?? []).Select(f => (string)f!)];
        if (mode == ConfiguredStream.IncrementalAppend && (cursor.Count != 1 || found.Columns.All(c => c.Name != cursor[0])))
        {
            throw Problem.BadRequest(cursor.Count == 0
                ? $"No default cursor field found for stream: {name}. Please include a cursor field selection for this stream."
                : $"Invalid cursor field for stream: {name}. The list of valid cursor fields include: {string.Join(", ", found.Columns.Select(c => $"[{c.Name}]"))}.");
        }

        IReadOnlyList<string>? selected = ParseSelected(stream, name, found);
        IEnumerable<string> kept = found.Columns.Select(c => c.Name)
            .Where(c => selected is null || selected.Contains(c) || found.PrimaryKey.Contains(c) || cursor.Contains(c));
        return new(name, found.Namespace, mode, cursor, [.. found.PrimaryKey.Select(k => new[] { k })], [.. kept], selected);
    }

    private static List<string>? ParseSelected(JsonObject stream, string name, SourceStream found)
    {
        if (stream["selectedFields"] is not JsonArray fields)
        {
            return null;
        }

        List<string> selected = [.. fields.Select(f => (string?)f?["fieldPath"]?[0] ?? throw Problem.BadRequest("fieldPath is required"))];
        string? unknown = selected.FirstOrDefault(s => found.Columns.All(c => c.Name != s));
        return selected.Count == 0 ? throw Problem.BadRequest($"No fields selected for stream {name}")
            : unknown is not null ? throw Problem.BadRequest($"Invalid fields selected for stream {name}. Unknown field: {unknown}")
            : selected;
    }

    private static JsonArray Path(IReadOnlyList<string> path) => [.. path.Select(p => (JsonNode)p)];
}
