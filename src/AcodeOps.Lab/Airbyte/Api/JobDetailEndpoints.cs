using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using AcodeOps.Lab.Airbyte.Sync;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>Jobs of the Configuration API: the only place where the reason of a failure can be read.</summary>
internal static class JobDetailEndpoints
{
    private const string Base = "/api/v1/jobs/";

    public static void MapJobDetails(this WebApplication app, AirbyteStore store, JobLedger ledger)
    {
        JsonObject Detailed(Job job) => JobReads.Detailed(job, store.Connections.Find(job.ConnectionId.ToString())!);

        foreach (string withAttempts in new[] { "get", "get_without_logs" })
        {
            app.MapPost(Base + withAttempts, async (HttpRequest request, CancellationToken cancel) =>
            {
                Job job = JobOf(ledger, await RequestBody.ReadAsync(request, cancel));
                return Answer.Json(new()
                {
                    ["job"] = Detailed(job),
                    ["attempts"] = new JsonArray([.. job.Attempts.Select(a => new JsonObject { ["attempt"] = JobReads.Attempt(a) })]),
                });
            });
        }

        app.MapPost(Base + "get_light", async (HttpRequest request, CancellationToken cancel) =>
            Answer.Json(new() { ["job"] = Detailed(JobOf(ledger, await RequestBody.ReadAsync(request, cancel))) }));
        app.MapPost(Base + "get_last_replication_job", async (HttpRequest request, CancellationToken cancel) =>
        {
            Connection connection = StateEndpoints.ConnectionOf(store, await RequestBody.ReadAsync(request, cancel));
            Job? last = store.Jobs.All.Where(j => j.ConnectionId == connection.Id).MaxBy(j => j.Id);
            return Answer.Json(last is null ? [] : new() { ["job"] = Detailed(last) });
        });
        app.MapPost(Base + "list", async (HttpRequest request, CancellationToken cancel) =>
        {
            JsonObject body = await RequestBody.ReadAsync(request, cancel);
            List<Job> all = [.. Filter(store.Jobs.All, body)];
            int size = (int?)body["pagination"]?["pageSize"] ?? int.MaxValue;
            int offset = (int?)body["pagination"]?["rowOffset"] ?? 0;
            return Answer.Json(new()
            {
                ["jobs"] = new JsonArray([.. all.Skip(offset).Take(size).Select(j => new JsonObject
                {
                    ["job"] = Detailed(j),
                    ["attempts"] = new JsonArray([.. j.Attempts.Select(JobReads.Attempt)]),
                })]),
                ["totalJobCount"] = all.Count,
            });
        });
        app.MapPost("/api/v1/connections/status", async (HttpRequest request, CancellationToken cancel) =>
        {
            JsonObject body = await RequestBody.ReadAsync(request, cancel);
            JsonArray ids = body["connectionIds"] as JsonArray ?? throw KnownException.BadRequest("connectionIds is required");
            IEnumerable<Connection> connections = ids.Select(id => store.Connections.Find((string)id!)).OfType<Connection>();
            return Answer.List(new JsonArray([.. connections.Select(c => Status(c, store.Jobs.All.Where(j => j.ConnectionId == c.Id).OrderBy(j => j.Id), Detailed))]));
        });
    }

    private static Job JobOf(JobLedger ledger, JsonObject body)
    {
        JsonNode id = body["id"] ?? throw KnownException.BadRequest("id is required");
        return id is JsonValue value && value.TryGetValue(out long number) && ledger.Find(number) is Job job ? job : throw KnownException.NotFound("JOB", id);
    }

    private static IEnumerable<Job> Filter(IEnumerable<Job> jobs, JsonObject body)
    {
        string? connection = body.OptionalText("configId");
        HashSet<string> types = Texts(body, "configTypes");
        HashSet<string> statuses = Texts(body, "statuses");
        IEnumerable<Job> fitting = jobs.Where(j => types.Contains("sync")
            && (connection is null || j.ConnectionId.ToString() == connection)
            && (statuses.Count == 0 || statuses.Contains(j.Status.Wire())));
        Func<Job, DateTimeOffset> by = body.OptionalText("orderByField") == "updatedAt" ? j => j.UpdatedAt : j => j.CreatedAt;
        return body.OptionalText("orderByMethod") == "ASC" ? fitting.OrderBy(by).ThenBy(j => j.Id) : fitting.OrderByDescending(by).ThenByDescending(j => j.Id);
    }

    private static HashSet<string> Texts(JsonObject body, string name) => [.. (body[name] as JsonArray ?? []).Select(v => (string)v!)];

    private static JsonObject Status(Connection connection, IEnumerable<Job> jobsByAge, Func<Job, JsonObject> detailed)
    {
        List<Job> jobs = [.. jobsByAge];
        Job? last = jobs.LastOrDefault();
        JsonObject status = new()
        {
            ["connectionId"] = connection.Id,
            ["connectionSyncStatus"] = connection.Status != Connection.Active ? "paused" : last?.Status switch
            {
                null => "pending",
                JobStatus.Pending => "queued",
                JobStatus.Running => "running",
                JobStatus.Incomplete or JobStatus.Cancelled => "incomplete",
                JobStatus.Failed => "failed",
                _ => "synced",
            },
        };
        if (jobs.LastOrDefault(j => j.Status == JobStatus.Succeeded) is Job good)
        {
            status["lastSuccessfulSync"] = good.CreatedAt.ToUnixTimeSeconds();
        }

        if (last is not null)
        {
            status["lastSyncJobId"] = last.Id;
            status["lastSyncJobCreatedAt"] = last.CreatedAt.ToUnixTimeSeconds();
            if (last.Attempts.Count > 0)
            {
                status["lastSyncAttemptNumber"] = last.Attempts[^1].Number;
                if (last.Attempts[^1].Failure is JobFailure failure)
                {
                    status["failureReason"] = JobReads.Failure(failure);
                }
            }

            if (!last.IsTerminal)
            {
                status["activeJob"] = detailed(last);
            }
        }

        return status;
    }
}
