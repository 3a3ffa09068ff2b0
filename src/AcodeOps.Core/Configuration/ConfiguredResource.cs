using System.Text.Json.Nodes;
using AcodeOps.Configuration;
using AcodeOps.Documents;

namespace AcodeOps;

/// <summary>A source, a destination or a connection, as a project's files describe it for one environment.</summary>
public sealed record ConfiguredResource
{
    /// <summary>What it is.</summary>
    public required ConfiguredKind Kind { get; init; }

    /// <summary>Its file within the project: <c>sources/shop_db/configuration.yaml</c>. Other files name it by this.</summary>
    public required string Path { get; init; }

    /// <summary>Its name in Airbyte.</summary>
    public required string Name { get; init; }

    /// <summary>The connector; null for a connection, and where the file does not say.</summary>
    public Guid? DefinitionId { get; init; }

    /// <summary>The connector's version that the file was written for; informational, the server runs its own. Null where the file does not say.</summary>
    public string? DefinitionVersion { get; init; }

    /// <summary>The source's file, of a connection.</summary>
    public string? SourcePath { get; init; }

    /// <summary>The destination's file, of a connection.</summary>
    public string? DestinationPath { get; init; }

    /// <summary>What it is at Airbyte, by the state file of the environment's workspace; null where it was never applied there.</summary>
    public ResourceState? State { get; init; }

    /// <summary>
    /// The settings: a connector's own, or a connection's in the form of the public API. Never shown: a variable of the process
    /// may have put a secret in.
    /// </summary>
    internal JsonObject Settings { get; init; } = [];

    /// <summary>The streams, of a connection, with their places in the file.</summary>
    internal IReadOnlyList<ConfiguredStream> Streams { get; init; } = [];

    /// <summary>The whole file, with the environment's overlay and its variables put in.</summary>
    internal MappingNode Document { get; init; } = new([], 1, 1);

    /// <inheritdoc />
    public override string ToString() => $"{Path} ({Name})";
}
