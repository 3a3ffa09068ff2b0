using AcodeOps.Lab.Packages;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Lab;

/// <summary>What lab is wanted. The same options give the same sales.</summary>
public sealed record LabOptions
{
    /// <summary>Where a lab is when nobody says where: $ACODE_LAB, else in the cache folder.</summary>
    public static string DefaultFolder { get; } = Environment.GetEnvironmentVariable("ACODE_LAB") is { Length: > 0 } folder ? folder : LabCache.Folder("lab");

    public DatabaseFlavor Flavor { get; init; } = DatabaseFlavor.MySql;

    /// <summary>Everything of the lab is in here.</summary>
    public string Folder { get; init; } = DefaultFolder;

    /// <summary>Rows of the daily sales.</summary>
    public int Rows { get; init; } = 20_000;

    /// <summary>Over how many days up to today they are spread.</summary>
    public int Days { get; init; } = 30;

    public int Seed { get; init; } = 1;

    /// <summary>The moment of the newest sale; null is the start of the lab.</summary>
    public DateTimeOffset? NowAt { get; init; }

    /// <summary>Indexes on the dates, which the installation has not.</summary>
    public bool WithIndexes { get; init; }

    /// <summary>With the S3 server and its buckets.</summary>
    public bool WithStorage { get; init; } = true;

    /// <summary>With Secrets Manager, STS, IAM and KMS.</summary>
    public bool WithCloud { get; init; } = true;

    /// <summary>With the Airbyte stand-in.</summary>
    public bool WithAirbyte { get; init; } = true;

    internal SalesOptions Sales(DateTimeOffset startedAt) => new(Rows, Days, Seed, NowAt ?? startedAt, WithIndexes);
}
