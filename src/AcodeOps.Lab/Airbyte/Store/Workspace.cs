namespace AcodeOps.Lab.Airbyte.Store;

internal sealed record Workspace(Guid Id, string Name, DateTimeOffset CreatedAt, bool Deleted);
