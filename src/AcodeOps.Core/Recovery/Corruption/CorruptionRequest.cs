namespace AcodeOps.Recovery.Corruption;

/// <summary>What an operator says of corrupted data.</summary>
public sealed record CorruptionRequest
{
    /// <summary>Where it is.</summary>
    public StorageRole Storage { get; init; } = StorageRole.Primary;

    /// <summary>What the keys of the corrupted objects start with, below the storage's own prefix.</summary>
    public required string Prefix { get; init; }

    /// <summary>Just these of the objects, by their whole keys: what a comparison has found. Null for all that the prefix covers.</summary>
    public IReadOnlyCollection<string>? Objects { get; init; }

    /// <summary>The oldest value of the stream's cursor that is missing in the lake; null where no row is missing.</summary>
    public string? ReadFrom { get; init; }

    /// <summary>Why it is taken for corrupted: for the manifest and the record.</summary>
    public required string Reason { get; init; }

    /// <summary>Consent to loading from a source that could not be compared with the other one.</summary>
    public bool AllowUnvalidated { get; init; }

    /// <summary>The time limit of each look, in seconds.</summary>
    public double TimeoutSeconds { get; init; } = 5;
}
