namespace AcodeOps.Lab.Airbyte;

/// <summary>The ids of what was provisioned, by the names in Airbyte.</summary>
public sealed record AirbyteInstallation(
    Guid WorkspaceId,
    IReadOnlyDictionary<string, Guid> Sources,
    IReadOnlyDictionary<string, Guid> Destinations,
    IReadOnlyDictionary<string, Guid> Connections);
