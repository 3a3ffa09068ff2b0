using System.Globalization;
using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using AcodeOps.Lab.Airbyte.Sync;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>Jobs of the public API.</summary>
internal static class JobEndpoints
{
    private const string Base = "/api/public/v1/jobs";

    public static void MapJobs(this WebApplication app, AirbyteStore store, JobLedger ledger, JobRunner runner)
    {
        app.MapGet(Base, (HttpRequest request) => Answer.Page(request, Order(request, store.Jobs.All.Where(Filter(request, store))), JobReads.Public));
        app.MapPost(Base, async (HttpRequest request, CancellationToken cancel) =>
        {
            JsonObject body = await RequestBody.ReadAsync(request, cancel);
            Connection connection = ConnectionEndpoints.Find(store, body.Id("connectionId"));
            switch (body.Text("jobType"))
            {
                case "sync":
                    break;
                case "refresh":
                    throw Problem.Unprocessable("The job type refresh is not supported by this API.");
                case "reset" or "clear":
                    throw Problem.Unprocessable("The stand-in has neither reset nor clear.");
                default:
                    throw Problem.BadRequest("jobType is unknown");
            }

            if (connection.Status != Connection.Active)
            {
                throw Problem.StateConflict("Could not fulfill request");
            }

            Job job = ledger.TryCreate(connection.Id) ?? throw Problem.TryAgainLater($"A sync is already running for: {connection.Id}");
            runner.Start(job.Id);
            return Answer.Json(JobReads.Public(job));
        });
        app.MapGet(Base + "/{id:long}", (long id) => Answer.Json(JobReads.Public(ledger.Find(id) ?? throw Problem.NotFound("Job", id))));
        app.MapDelete(Base + "/{id:long}", async (long id, CancellationToken cancel) =>
        {
            Job job = ledger.Find(id) ?? throw Problem.NotFound("Job", id);
            return job.IsTerminal
                ? throw Problem.StateConflict("Job is not currently running")
                : Answer.Json(JobReads.Public(await runner.CancelAsync(id, cancel)));
        });
    }

    private static Func<Job, bool> Filter(HttpRequest request, AirbyteStore store)
    {
        HashSet<Guid> connections = Answer.Ids(request, "connectionId");
        HashSet<Guid> workspaces = Answer.Ids(request, "workspaceIds");
        string status = request.Query["status"].ToString();
        string type = request.Query["jobType"].ToString();
        (DateTimeOffset createdFrom, DateTimeOffset createdTo) = Range(request, "createdAt");
        (DateTimeOffset updatedFrom, DateTimeOffset updatedTo) = Range(request, "updatedAt");
        return job => (connections.Count == 0 || connections.Contains(job.ConnectionId))
            && (workspaces.Count == 0 || workspaces.Contains(store.Connections.Find(job.ConnectionId.ToString())?.WorkspaceId ?? Guid.Empty))
            && (status.Length == 0 || job.Status.Wire() == status)
            && (type.Length == 0 || type == "sync")
            && job.CreatedAt >= createdFrom && job.CreatedAt <= createdTo && job.UpdatedAt >= updatedFrom && job.UpdatedAt <= updatedTo;
    }

    /// <summary>Oldest first unless asked otherwise, as in every real version: a trap.</summary>
    private static IEnumerable<Job> Order(HttpRequest request, IEnumerable<Job> jobs)
    {
        string order = request.Query["orderBy"].ToString();
        string[] parts = (order.Length == 0 ? "createdAt|ASC" : order).Split('|');
        Func<Job, DateTimeOffset> by = parts[0] switch
        {
            "createdAt" => j => j.CreatedAt,
            "updatedAt" => j => j.UpdatedAt,
            string other => throw Problem.BadRequest($"Invalid field to order by: {other}"),
        };
        return parts.ElementAtOrDefault(1) switch
        {
            "ASC" => jobs.OrderBy(by).ThenBy(j => j.Id),
            "DESC" => jobs.OrderByDescending(by).ThenByDescending(j => j.Id),
            _ => throw Problem.BadRequest("orderBy must be field|ASC or field|DESC"),
        };
    }

    private static (DateTimeOffset From, DateTimeOffset To) Range(HttpRequest request, string name) =>
        (Time(request, name + "Start", DateTimeOffset.MinValue), Time(request, name + "End", DateTimeOffset.MaxValue));

    private static DateTimeOffset Time(HttpRequest request, string name, DateTimeOffset fallback)
    {
        string text = request.Query[name].ToString();
        return text.Length == 0 ? fallback
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at
            : throw Problem.BadRequest($"{name} is no date-time");
    }
}
