using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;
using AcodeOps.Lab.Airbyte.Store;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>Jobs as the two APIs write them.</summary>
internal static class JobReads
{
    /// <summary>The public API's short form: no failure reason, no end before the end.</summary>
    public static JsonObject Public(Job job)
    {
        JsonObject read = new()
        {
            ["jobId"] = job.Id,
            ["status"] = job.Status.Wire(),
            ["jobType"] = "sync",
            ["startTime"] = JavaTime(job.CreatedAt),
            ["connectionId"] = job.ConnectionId,
            ["bytesSynced"] = job.BytesCommitted,
            ["rowsSynced"] = job.RowsCommitted,
        };
        if (job.IsTerminal)
        {
            read["lastUpdatedAt"] = JavaTime(job.UpdatedAt);
            read["duration"] = JavaDuration(job.UpdatedAt.ToUnixTimeSeconds() - job.CreatedAt.ToUnixTimeSeconds());
        }

        return read;
    }

    /// <summary>The Configuration API's form.</summary>
    public static JsonObject Detailed(Job job, Connection connection)
    {
        JsonObject read = new()
        {
            ["id"] = job.Id,
            ["configType"] = "sync",
            ["configId"] = job.ConnectionId.ToString(),
            ["enabledStreams"] = new JsonArray([.. connection.Streams.Select(s => Descriptor(s.Name, s.Namespace))]),
            ["createdAt"] = job.CreatedAt.ToUnixTimeSeconds(),
            ["updatedAt"] = job.UpdatedAt.ToUnixTimeSeconds(),
            ["status"] = job.Status.Wire(),
            ["aggregatedStats"] = Stats(job.Attempts.SelectMany(a => a.Streams)),
            ["streamAggregatedStats"] = new JsonArray([.. job.Attempts.SelectMany(a => a.Streams).GroupBy(s => (s.Name, s.Namespace)).Select(g =>
            {
                JsonObject stats = Stats(g);
                stats["streamName"] = g.Key.Name;
                stats["streamNamespace"] = g.Key.Namespace;
                return stats;
            })]),
        };
        if (job.StartedAt is DateTimeOffset startedAt)
        {
            read["startedAt"] = startedAt.ToUnixTimeSeconds();
        }

        return read;
    }

    public static JsonObject Attempt(Attempt attempt)
    {
        JsonObject read = new()
        {
            ["id"] = attempt.Number,
            ["status"] = attempt.Status.Wire(),
            ["createdAt"] = attempt.CreatedAt.ToUnixTimeSeconds(),
            ["updatedAt"] = (attempt.EndedAt ?? attempt.CreatedAt).ToUnixTimeSeconds(),
            ["bytesSynced"] = attempt.Streams.Sum(s => s.BytesCommitted),
            ["recordsSynced"] = attempt.Streams.Sum(s => s.RowsCommitted),
            ["totalStats"] = Stats(attempt.Streams),
            ["streamStats"] = new JsonArray([.. attempt.Streams.Select(s =>
                new JsonObject { ["streamName"] = s.Name, ["streamNamespace"] = s.Namespace, ["stats"] = Stats([s]) })]),
        };
        if (attempt.EndedAt is DateTimeOffset endedAt)
        {
            read["endedAt"] = endedAt.ToUnixTimeSeconds();
        }

        if (attempt.Failure is JobFailure failure)
        {
            read["failureSummary"] = new JsonObject
            {
                ["failures"] = new JsonArray(Failure(failure)),
                ["partialSuccess"] = attempt.Streams.Any(s => s.RowsCommitted > 0),
            };
        }

        return read;
    }

    public static JsonObject Failure(JobFailure failure) => new()
    {
        ["failureOrigin"] = failure.Origin,
        ["failureType"] = failure.Type,
        ["externalMessage"] = failure.ExternalMessage,
        ["internalMessage"] = failure.InternalMessage,
        ["retryable"] = failure.IsRetryable,
        ["timestamp"] = failure.At.ToUnixTimeMilliseconds(),
    };

    public static JsonObject Descriptor(string name, string? streamNamespace)
    {
        JsonObject descriptor = new() { ["name"] = name };
        if (streamNamespace is not null)
        {
            descriptor["namespace"] = streamNamespace;
        }

        return descriptor;
    }

    /// <summary>Java's OffsetDateTime.toString(): seconds are left out when they are zero.</summary>
    internal static string JavaTime(DateTimeOffset at) =>
        at.UtcDateTime.ToString(at.Second == 0 ? "yyyy-MM-dd'T'HH:mm'Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Java's Duration.toString(), which knows hours, but no days.</summary>
    internal static string JavaDuration(long seconds)
    {
        long hours = seconds / 3600;
        string rest = XmlConvert.ToString(TimeSpan.FromSeconds(seconds % 3600))["PT".Length..];
        return "PT" + (hours > 0 ? $"{hours}H{(seconds % 3600 == 0 ? "" : rest)}" : rest);
    }

    private static JsonObject Stats(IEnumerable<StreamProgress> streams)
    {
        List<StreamProgress> all = [.. streams];
        return new()
        {
            ["recordsEmitted"] = all.Sum(s => s.RowsEmitted),
            ["bytesEmitted"] = all.Sum(s => s.BytesEmitted),
            ["recordsCommitted"] = all.Sum(s => s.RowsCommitted),
            ["bytesCommitted"] = all.Sum(s => s.BytesCommitted),
            ["recordsRejected"] = 0,
        };
    }
}
