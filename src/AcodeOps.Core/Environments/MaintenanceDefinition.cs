namespace AcodeOps;

/// <summary>What the weekly maintenance is to do beside looking.</summary>
public sealed record MaintenanceDefinition
{
    /// <summary>The folders that are cleared of old objects; empty for none.</summary>
    public IReadOnlyList<ClearingDefinition> Clear { get; init => field = value.ToArray(); } = [];

    /// <summary>How old a failed pod of Airbyte must be before its logs are saved and it is deleted, in hours; null where pods are left alone.</summary>
    public double? FailedPodHours { get; init; }
}

/// <summary>A folder of a storage that is cleared of old objects.</summary>
/// <param name="Storage">The storage: primary or quarantine.</param>
/// <param name="Prefix">What the objects' keys start with, below the storage's own prefix.</param>
/// <param name="OlderThanDays">How old the objects must be, in days.</param>
public sealed record ClearingDefinition(StorageRole Storage, string Prefix, int OlderThanDays)
{
    /// <inheritdoc />
    public override string ToString() => $"{Storage} {Prefix}, older than {OlderThanDays} days";
}
