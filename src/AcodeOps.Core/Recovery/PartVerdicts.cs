using AcodeOps.Health;

namespace AcodeOps;

/// <summary>What is known of the five parts that a recovery turns on.</summary>
/// <param name="PrimarySource">The partner's server.</param>
/// <param name="BackupSource">The replica: whether it answers, and whether its data can be used.</param>
/// <param name="PrimaryStorage">The primary bucket.</param>
/// <param name="BackupStorage">The backup bucket.</param>
/// <param name="Airbyte">The server that moves the data: no route writes without it.</param>
public readonly record struct PartVerdicts(Verdict PrimarySource, Verdict BackupSource, Verdict PrimaryStorage, Verdict BackupStorage, Verdict Airbyte)
{
    /// <summary>The verdict on a source.</summary>
    public Verdict Of(SourceRole role) => role == SourceRole.Primary ? PrimarySource : BackupSource;

    /// <summary>The verdict on a storage that routes write to.</summary>
    public Verdict Of(StorageRole role) => role == StorageRole.Primary ? PrimaryStorage : BackupStorage;

    /// <summary>
    /// What that makes of a route: Failed when its source or its storage is, else Unknown when one of them is; Degraded and
    /// Healthy ones can be used.
    /// </summary>
    public Verdict Of(RouteDefinition route)
    {
        (Verdict source, Verdict storage) = (Of(route.Source), Of(route.Storage));
        return source.Severity() > storage.Severity() ? source : storage;
    }

    /// <inheritdoc />
    public override string ToString() =>
        $"sources: primary {PrimarySource}, backup {BackupSource}; storages: primary {PrimaryStorage}, backup {BackupStorage}; Airbyte {Airbyte}";
}
