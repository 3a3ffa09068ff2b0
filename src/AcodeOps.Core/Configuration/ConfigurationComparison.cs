using AcodeOps.Configuration.Applied;
using AcodeOps.Configuration.Comparing;

namespace AcodeOps.Configuration;

/// <summary>The files of a project held against Airbyte and against what was applied last.</summary>
public sealed class ConfigurationComparison
{
    /// <summary>The workspace at Airbyte.</summary>
    public required Guid Workspace { get; init; }

    /// <summary>All differences: sources, then destinations, then connections, field by field.</summary>
    public IReadOnlyList<ConfigurationChange> Changes => [.. Pairs.SelectMany(pair => pair.Changes)];

    /// <summary>What could not be compared: each stands against publishing.</summary>
    public required IReadOnlyList<AcodeException> Failures { get; init; }

    /// <summary>What is not known, in sentences.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The resources with their changes.</summary>
    internal IReadOnlyList<ResourcePair> Pairs { get; init; } = [];

    /// <summary>What was applied last; null where nothing is known of it.</summary>
    internal AppliedConfiguration? Applied { get; init; }

    /// <summary>Which key fingerprints are made with; null where there is none.</summary>
    internal string? FingerprintKey { get; init; }
}
