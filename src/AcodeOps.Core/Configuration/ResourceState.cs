namespace AcodeOps;

/// <summary>What a resource is at Airbyte, as the file beside its configuration remembers it: one for each workspace.</summary>
/// <param name="Path">The file within the project: <c>sources/shop_db/state_66666666-7777-4888-9999-000000000000.yaml</c>.</param>
/// <param name="ResourceId">Airbyte's id.</param>
/// <param name="WorkspaceId">The workspace; null in files of old octavia versions.</param>
/// <param name="ConfigurationHash">The hash of the configuration that was applied last.</param>
/// <param name="GeneratedAt">When it was applied, UTC; null where the file does not say.</param>
public sealed record ResourceState(string Path, Guid ResourceId, Guid? WorkspaceId, string ConfigurationHash, DateTimeOffset? GeneratedAt);
