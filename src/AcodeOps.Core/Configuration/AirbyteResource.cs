using System.Text.Json.Nodes;

namespace AcodeOps.Configuration;

/// <summary>A source, a destination or a connection as Airbyte tells it.</summary>
public sealed record AirbyteResource
{
    /// <summary>What Airbyte shows in place of a secret, and takes for "as it is".</summary>
    public const string Mask = "**********";

    /// <summary>What stands before the version under which Airbyte keeps a secret.</summary>
    public const string Coordinate = "secret_coordinate::";

    /// <summary>What it is.</summary>
    public required ConfiguredKind Kind { get; init; }

    /// <summary>Airbyte's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The connector; null for a connection.</summary>
    public Guid? DefinitionId { get; init; }

    /// <summary>The source, of a connection.</summary>
    public Guid? SourceId { get; init; }

    /// <summary>The destination, of a connection.</summary>
    public Guid? DestinationId { get; init; }

    /// <summary>
    /// The connector's settings; or of a connection, in the public API's form: <c>status</c>, <c>schedule</c>,
    /// <c>namespaceDefinition</c>, <c>namespaceFormat</c>, <c>prefix</c>, <c>nonBreakingSchemaUpdatesBehavior</c>, <c>configurations</c>.
    /// </summary>
    public required JsonObject Settings { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Kind} {Name} ({Id})";
}
