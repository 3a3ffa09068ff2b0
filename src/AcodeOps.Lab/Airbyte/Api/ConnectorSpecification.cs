using AcodeOps.Lab.Airbyte.Store;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>A connector of the installation.</summary>
/// <remarks>
/// TypeName: sourceType or destinationType of the public API.
/// SchemaText: The JSON schema of its configuration.
/// </remarks>
internal sealed record ConnectorSpecification(
    ActorKind Kind, Guid DefinitionId, string Name, string TypeName, string Repository, string Version, string SchemaText);
