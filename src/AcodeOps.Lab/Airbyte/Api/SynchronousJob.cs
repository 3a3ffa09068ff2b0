using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>The record of work that the Configuration API does while the caller waits.</summary>
internal static class SynchronousJob
{
    public static JsonObject Read(string configType, Guid configId, DateTimeOffset startedAt, JobFailure? failure)
    {
        JsonObject job = new()
        {
            ["id"] = Guid.NewGuid(),
            ["configType"] = configType,
            ["configId"] = configId.ToString(),
            ["createdAt"] = startedAt.ToUnixTimeMilliseconds(),
            ["endedAt"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            // A check that ran and found a fault has succeeded as a job.
            ["succeeded"] = true,
            ["connectorConfigurationUpdated"] = false,
        };
        if (failure is not null)
        {
            job["failureReason"] = JobReads.Failure(failure);
        }

        return job;
    }
}
