using System.Text.Json.Serialization;
using AcodeOps.Configuration.Comparing;

namespace AcodeOps.Configuration.Publishing;

/// <summary>A source, a destination or a connection that is made, changed or deleted.</summary>
internal sealed record PlannedResource
{
    /// <summary>What is done.</summary>
    public required ConfigurationAction Action { get; init; }

    /// <summary>As it is to be; null for one that is deleted.</summary>
    public DesiredResource? Desired { get; init; }

    /// <summary>As it is; null for one that is made.</summary>
    public AirbyteResource? Before { get; init; }

    /// <summary>Its file within the project; connections name their ends by it.</summary>
    public required string Path { get; init; }

    /// <summary>What is put on record instead of what is asked for now: of a restored backup, what its files said then. Null for none.</summary>
    public Applied.AppliedResource? Record { get; init; }

    /// <summary>The fields that change.</summary>
    public IReadOnlyList<string> Fields { get; init => field = value.ToArray(); } = [];

    /// <summary>True when Airbyte forgets how far a stream was read.</summary>
    public bool ResetsState { get; init; }

    /// <summary>What it is.</summary>
    [JsonIgnore]
    public ConfiguredKind Kind => Desired?.Kind ?? Before!.Kind;

    /// <summary>Its name.</summary>
    [JsonIgnore]
    public string Name => Desired?.Name ?? Before!.Name;

    /// <summary>Its place in the names of steps and facts: <c>sources/shop_db</c>.</summary>
    [JsonIgnore]
    public string Place => Path.EndsWith(Reading.ProjectReader.FileName, StringComparison.Ordinal) ? Path[..^Reading.ProjectReader.FileName.Length] : Path;

    /// <inheritdoc />
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()} '{Name}'";
}
