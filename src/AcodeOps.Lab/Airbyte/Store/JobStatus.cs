namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>Where a job stands; incomplete = an attempt failed and another will follow.</summary>
internal enum JobStatus
{
    Pending,
    Running,
    Incomplete,
    Failed,
    Succeeded,
    Cancelled,
}
