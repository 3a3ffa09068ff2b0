using System.Text.Json.Nodes;
using AcodeOps.Configuration.Comparing;

namespace AcodeOps.Configuration.Applied;

/// <summary>What was applied to a workspace last: of each resource what was asked for, and what Airbyte then told. Holds no secret.</summary>
internal sealed record AppliedConfiguration
{
    /// <summary>The version of this form.</summary>
    public int Format { get; init; } = 1;

    /// <summary>Which record of its workspace it is, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>The id of the run that applied it.</summary>
    public required string RunId { get; init; }

    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>The workspace.</summary>
    public required Guid Workspace { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Which key the fingerprints were made with; null where there are none.</summary>
    public string? FingerprintKey { get; init; }

    /// <summary>What this project has made, or taken over, there.</summary>
    public required IReadOnlyList<AppliedResource> Resources { get; init => field = value.ToArray(); }
}

/// <summary>A resource as it was applied.</summary>
internal sealed record AppliedResource
{
    /// <summary>What it is.</summary>
    public required ConfiguredKind Kind { get; init; }

    /// <summary>Its file within the project.</summary>
    public required string Path { get; init; }

    /// <summary>Its id at Airbyte.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name that was asked for.</summary>
    public required string Name { get; init; }

    /// <summary>What was asked for; in a secret's place what refers to it.</summary>
    public required JsonObject Desired { get; init; }

    /// <summary>The source's file, of a connection.</summary>
    public string? SourcePath { get; init; }

    /// <summary>The destination's file, of a connection.</summary>
    public string? DestinationPath { get; init; }

    /// <summary>The name that Airbyte then told.</summary>
    public required string LiveName { get; init; }

    /// <summary>What Airbyte then told; in a secret's place the version under which it keeps it, or the mask.</summary>
    public required JsonObject Live { get; init; }

    /// <summary>The keyed fingerprints of the secrets that were set, by path.</summary>
    public IReadOnlyDictionary<string, string> Fingerprints { get; init; } = new Dictionary<string, string>();

    /// <summary>What its secrets were taken from, by path: references, as its file wrote them.</summary>
    public IReadOnlyDictionary<string, string> ReferencesToSecrets() => Fingerprints.Keys
        .Select(path => (Path: path, Reference: SettingPath.Find(Desired, path)?.ToString()))
        .Where(secret => secret.Reference is not null).ToDictionary(secret => secret.Path, secret => secret.Reference!);
}
