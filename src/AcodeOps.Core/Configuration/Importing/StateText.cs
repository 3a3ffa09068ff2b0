using System.Globalization;

namespace AcodeOps.Configuration.Importing;

/// <summary>Writes the file that remembers what a resource is at Airbyte, as octavia reads it: keys in the order of the alphabet.</summary>
internal static class StateText
{
    /// <summary>The path of a resource's state file.</summary>
    public static string PathOf(string resource, Guid workspace) => $"{resource[..^Reading.ProjectReader.FileName.Length]}/state_{workspace}.yaml";

    /// <param name="resource">The resource's file within the project.</param>
    /// <param name="id">Airbyte's id.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="hash">The hash of the file as it was applied.</param>
    /// <param name="at">When.</param>
    public static string Of(string resource, Guid id, Guid workspace, string hash, DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"""
        configuration_hash: {hash}
        configuration_path: {resource}
        generation_timestamp: {at.ToUnixTimeSeconds()}
        resource_id: {id}
        workspace_id: {workspace}

        """);
}
