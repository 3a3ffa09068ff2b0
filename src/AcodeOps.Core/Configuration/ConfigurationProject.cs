namespace AcodeOps;

/// <summary>A folder of configuration files, read for one environment: what is to be at Airbyte, and what is wrong or doubtful about the files.</summary>
public sealed record ConfigurationProject
{
    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Sources, then destinations, then connections: the order in which they can be made. Of files with errors, what could be read.</summary>
    public required IReadOnlyList<ConfiguredResource> Resources { get; init => field = value.ToArray(); }

    /// <summary>What is wrong or doubtful, by file.</summary>
    public required IReadOnlyList<Finding> Findings { get; init => field = value.ToArray(); }

    /// <summary>True when nothing stands against applying it.</summary>
    public bool IsValid => Findings.All(finding => finding.Severity != FindingSeverity.Error);

    /// <summary>The resource that a path names; null for none.</summary>
    public ConfiguredResource? Find(string? path) => Resources.FirstOrDefault(resource => resource.Path == path);

    /// <inheritdoc />
    public override string ToString() => Folder;
}
