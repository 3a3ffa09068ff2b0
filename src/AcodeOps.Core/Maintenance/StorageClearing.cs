using System.Globalization;

namespace AcodeOps;

/// <summary>What has come of a clearing.</summary>
public enum StorageClearingStatus
{
    /// <summary>Listed, and nothing deleted.</summary>
    Planned,

    /// <summary>Everything that was listed is deleted, or was left for a reason that is told.</summary>
    Completed,
}

/// <summary>Old objects of a storage that are, or would be, deleted.</summary>
public sealed record StorageClearing
{
    /// <summary>The environment.</summary>
    public required string Environment { get; init; }

    /// <summary>The storage.</summary>
    public required StorageRole Storage { get; init; }

    /// <summary>Where they are: <c>s3://lake/bronze/temp/</c>.</summary>
    public required string Location { get; init; }

    /// <summary>Only objects that were written before this time, UTC.</summary>
    public required DateTimeOffset Before { get; init; }

    /// <summary>How many objects are that old.</summary>
    public required int Objects { get; init; }

    /// <summary>Their size.</summary>
    public required long Bytes { get; init; }

    /// <summary>When the oldest was written, UTC; null for none.</summary>
    public DateTimeOffset? OldestAt { get; init; }

    /// <summary>When the newest was written, UTC; null for none.</summary>
    public DateTimeOffset? NewestAt { get; init; }

    /// <summary>How many objects are younger, and stay.</summary>
    public required int Younger { get; init; }

    /// <summary>What has come of it.</summary>
    public required StorageClearingStatus Status { get; init; }

    /// <summary>How many were deleted.</summary>
    public int Deleted { get; init; }

    /// <summary>Objects that were written anew after they were listed, and stay; the first 100.</summary>
    public IReadOnlyList<string> Left { get; init => field = value.ToArray(); } = [];

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(Status == StorageClearingStatus.Planned ? "" : $"{Deleted:N0} deleted of ")}{Objects:N0} objects, {Bytes / 1e6:N1} MB, at {Location}, written before {Before.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
}
