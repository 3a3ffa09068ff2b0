using System.Text.Json.Serialization;
using AcodeOps.Access;

namespace AcodeOps;

/// <summary>A run of the maintenance as it would be made.</summary>
public sealed record MaintenancePlan
{
    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>The tasks, in their order.</summary>
    public required IReadOnlyList<MaintenanceTask> Tasks { get; init => field = value.ToArray(); }

    /// <summary>How long performance is measured, in seconds.</summary>
    public int MeasureSeconds { get; init; } = 60;

    /// <summary>How many closed days of data are tested.</summary>
    public int QualityDays { get; init; } = 1;

    /// <summary>How many days of the audit trail are verified.</summary>
    public int AuditDays { get; init; } = 31;

    /// <summary>How long a running sync is waited for before anything is cleared, in minutes.</summary>
    public int WaitMinutes { get; init; } = 30;

    /// <summary>What is cleared.</summary>
    public IReadOnlyList<PlannedClearing> Clearings { get; init => field = value.ToArray(); } = [];

    /// <summary>How old a failed pod must be to be deleted, in hours; null where pods are left alone.</summary>
    public double? FailedPodHours { get; init; }

    /// <summary>What each cmdlet of the module that planned it needs: what the security task holds the credentials against.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Need>> Needs { get; init; } = new Dictionary<string, IReadOnlyList<Need>>();

    /// <summary>What to know besides: one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init => field = value.ToArray(); } = [];

    /// <summary>What it does, for people.</summary>
    [JsonIgnore]
    public string Title => Tasks.Count == Enum.GetValues<MaintenanceTask>().Length ? "Maintenance" : $"Maintenance: {string.Join(", ", Tasks)}";

    /// <inheritdoc />
    public override string ToString() => Title;
}

/// <summary>A folder as it would be cleared.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Prefix">What the objects' keys start with, below the storage's own prefix.</param>
/// <param name="Before">Only objects that were written before this time, UTC.</param>
public sealed record PlannedClearing(StorageRole Storage, string Prefix, DateTimeOffset Before)
{
    /// <summary>How many objects that is; null where it is not known.</summary>
    public int? Objects { get; init; }

    /// <summary>Their size; null where it is not known.</summary>
    public long? Bytes { get; init; }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"{(Objects is { } objects ? $"{objects:N0} objects, {Bytes / 1e6:N1} MB," : "objects")} below {Prefix} of the {Storage} storage, written before {Before.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
}
