namespace AcodeOps.Routing;

/// <summary>When a job can have written. S3 tells times to the second, and Airbyte's clock is not the storage's.</summary>
internal static class JobWindow
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    /// <summary>
    /// From when on objects are this job's: its start, but not before the end of the job before it.
    /// </summary>
    /// <param name="job">The job; it must have started.</param>
    /// <param name="before">The job of the same connection before it; null when there was none.</param>
    public static DateTimeOffset Start(Sync job, Sync? before)
    {
        DateTimeOffset start = WholeSecond(job.StartedAt!.Value - Slack);
        return before?.UpdatedAt is { } ended && ended > start && ended <= job.StartedAt.Value + Slack ? WholeSecond(ended).AddSeconds(1) : start;
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Offset);
}
