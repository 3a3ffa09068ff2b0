using System.Globalization;
using AcodeOps.Documents;
using AcodeOps.Environments.Reading;

namespace AcodeOps.Configuration.Reading;

/// <summary>Reads the files that remember what a resource is at Airbyte: <c>state_WORKSPACE.yaml</c>, and octavia's old <c>state.yaml</c>.</summary>
internal static class StateReading
{
    /// <summary>The state that counts; null where the resource was never applied to the workspace.</summary>
    /// <param name="paths">The state files beside the resource.</param>
    /// <param name="read">Reads one; null for what is wrong, which has been told.</param>
    /// <param name="workspace">The workspace; null where the environment names none.</param>
    /// <param name="findings">Where to tell.</param>
    /// <param name="resource">The resource's document.</param>
    public static ResourceState? Choose(
        IEnumerable<string> paths, Func<string, DocumentNode?> read, Guid? workspace, FindingList findings, DocumentNode resource)
    {
        ResourceState[] states = [.. paths.Select(path => read(path) is { } document ? Read(document, path, findings) : null).OfType<ResourceState>()];
        ResourceState[] fitting = [.. states.Where(state => workspace is null || state.WorkspaceId == workspace)];
        ResourceState[] chosen = fitting.Length > 0 ? fitting : [.. states.Where(state => state.WorkspaceId is null)];
        if (chosen.Length > 1)
        {
            findings.Add(resource, "", new("StateAmbiguous", $"There are state files of several workspaces: {string.Join(", ", chosen.Select(state => state.Path))}.")
            {
                Remedy = "Name the workspace in the environment file: airbyte: { workspace: … }.",
            });
        }

        return chosen.Length == 1 ? chosen[0] : null;
    }

    private static ResourceState? Read(DocumentNode document, string path, FindingList resource)
    {
        FindingList findings = new(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(resource.File) ?? "", System.IO.Path.GetFileName(path))) { UnknownKeys = FindingSeverity.Warning };
        ResourceState? state = MappingReader.Read(document, "", findings, r =>
        {
            Guid? id = r.Required("resource_id", ValueKinds.Uuid);
            string? hash = r.Required("configuration_hash", ValueKinds.Text);
            _ = r.Optional("configuration_path", ValueKinds.Text);
            string? seconds = r.Optional("generation_timestamp", ValueKinds.Text);
            return new ResourceState(path, id ?? Guid.Empty, r.Optional("workspace_id", ValueKinds.Uuid), hash ?? "",
                long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out long epoch) && epoch < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(epoch) : null);
        });
        resource.Take(findings);
        return findings.IsClean ? state : null;
    }
}
