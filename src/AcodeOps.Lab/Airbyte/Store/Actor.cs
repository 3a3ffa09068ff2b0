using System.Text.Json.Nodes;

namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>A source or a destination; its configuration holds the secrets in the clear, in files only the owner may read.</summary>
internal sealed record Actor(
    Guid Id, ActorKind Kind, string Name, Guid WorkspaceId, Guid DefinitionId, JsonObject Configuration, DateTimeOffset CreatedAt, bool Deleted);
