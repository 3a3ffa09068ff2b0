using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AcodeOps.Documents;

namespace AcodeOps.Configuration.Comparing;

/// <summary>A source, a destination or a connection as it is to be at Airbyte. Holds references to secrets, never secrets.</summary>
internal sealed record DesiredResource
{
    /// <summary>What it is.</summary>
    public required ConfiguredKind Kind { get; init; }

    /// <summary>Its file within the project; connections name their ends by it.</summary>
    public required string Path { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The connector; null for a connection.</summary>
    public Guid? DefinitionId { get; init; }

    /// <summary>The source's file, of a connection.</summary>
    public string? SourcePath { get; init; }

    /// <summary>The destination's file, of a connection.</summary>
    public string? DestinationPath { get; init; }

    /// <summary>The id at Airbyte that the state file, or an archive, remembers; null for none.</summary>
    public Guid? KnownId { get; init; }

    /// <summary>The settings, in the form in which Airbyte takes them, but that a secret's place holds what refers to it, or the mask.</summary>
    public required JsonObject Settings { get; init; }

    /// <summary>The paths of the settings that are secret.</summary>
    public IReadOnlyList<string> SecretPaths { get; init => field = value.ToArray(); } = [];

    /// <summary>What a secret is taken from if it has to be set anew and a mask stands in its place, by path: of a backup.</summary>
    public IReadOnlyDictionary<string, string> References { get; init; } = new Dictionary<string, string>();

    /// <summary>The keyed fingerprint of each secret that could be read, by path.</summary>
    public IReadOnlyDictionary<string, string> Fingerprints { get; init; } = new Dictionary<string, string>();

    /// <summary>The file, for the places in it; null where there is none.</summary>
    [JsonIgnore]
    public MappingNode? Document { get; init; }

    /// <summary>Where the streams stand in the file, by their fields.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> StreamPlaces { get; init; } = new Dictionary<string, string>();

    /// <summary>True when octavia's own state file says that exactly this was applied last.</summary>
    [JsonIgnore]
    public bool IsAsAppliedByState { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Kind} {Name}";
}
