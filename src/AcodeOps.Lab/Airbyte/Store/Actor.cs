using System.Text.Json.Nodes;

namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>A source or a destination; its configuration holds the secrets in the clear, in files only the owner may read.</summary>
internal sealed record Actor(
    Guid Id, ActorKind Kind, string Name, Guid WorkspaceId, Guid DefinitionId, JsonObject Configuration, DateTimeOffset CreatedAt, bool Deleted)
{
    /// <summary>How often each secret was changed, by its path, the first time included; one that is not told of was set once.</summary>
    public IReadOnlyDictionary<string, int> SecretVersions { get; init; } = new Dictionary<string, int>();
}
