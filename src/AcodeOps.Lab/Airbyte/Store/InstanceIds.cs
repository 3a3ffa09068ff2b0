namespace AcodeOps.Lab.Airbyte.Store;

internal sealed record InstanceIds(Guid OrganizationId, Guid UserId, Guid WorkspaceId);
