namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>What can be turned while the stand-in runs (<c>/lab/settings</c>); times are those of a patient machine made short.</summary>
internal sealed record AirbyteSettings
{
    /// <summary>Life of an access token. A real 1.8 or 2.x: 900; a community 1.0 to 1.5: 180.</summary>
    public double TokenLifeSeconds { get; init; } = 900;

    /// <summary>From a job's creation until its first attempt runs: a real one starts pods.</summary>
    public double LaunchSeconds { get; init; } = 0.2;

    /// <summary>Between a failed attempt and the next. A real one: 5, 10, 20 minutes.</summary>
    public double RetryDelaySeconds { get; init; } = 1;

    public int MaxAttempts { get; init; } = 3;

    /// <summary>Rows of one object: a stream larger than this becomes several.</summary>
    public int PartRows { get; init; } = 500_000;

    /// <summary>Upper bound of a row group's rows, besides the destination's block_size_mb: the memory of a sync.</summary>
    public int RowGroupRows { get; init; } = 50_000;

    /// <summary>How long DELETE /jobs waits for the job to be really cancelled before it answers.</summary>
    public double CancelWaitSeconds { get; init; } = 2;

    /// <summary>Whether a read may ask where secrets are kept; some editions refuse it.</summary>
    public bool ShowsSecretCoordinates { get; init; } = true;
}
