using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.Datadog;

/// <summary>
/// Plays the part of Datadog's API that keeps monitors: keys, paging, filters, validation, and answers as its published description has
/// them. It can be told to misbehave.
/// </summary>
/// <param name="keys">Who may ask; needed with the first request.</param>
public sealed class DatadogApi(Lazy<DatadogKeys> keys)
{
    private readonly ConcurrentQueue<string> _requests = new();

    public DatadogKeys Keys => keys.Value;

    public MonitorStore Monitors { get; } = new();

    /// <summary>What is done with a request before it is answered: true when that was all. It is told the method and the path.</summary>
    public Func<string, HttpContext, Task<bool>>? Misbehave { get; set; }

    /// <summary>Method and path of every request so far.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public async Task AnswerAsync(HttpContext context)
    {
        string request = $"{context.Request.Method} {context.Request.Path}";
        _requests.Enqueue(request);
        if (context.Request.Headers["DD-API-KEY"] != Keys.Api || context.Request.Headers["DD-APPLICATION-KEY"] != Keys.Application)
        {
            await RefuseAsync(context, 403, "Forbidden");
        }
        else if (Misbehave is null || !await Misbehave(request, context))
        {
            await ServeAsync(context);
        }
    }

    public static Task RefuseAsync(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        return JsonAsync(context, new JsonObject { ["errors"] = new JsonArray(why) });
    }

    private async Task ServeAsync(HttpContext context)
    {
        const string Root = "/api/v1/monitor";
        string path = context.Request.Path.Value ?? "";
        JsonObject? body = null;
        if (context.Request.Method is "POST" or "PUT")
        {
            try
            {
                body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject;
            }
            catch (JsonException)
            {
            }

            if (context.Request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true || body is null)
            {
                await RefuseAsync(context, 400, "Invalid JSON");
                return;
            }
        }

        long id = path.StartsWith(Root + "/", StringComparison.Ordinal) && long.TryParse(path[(Root.Length + 1)..], CultureInfo.InvariantCulture, out long given) ? given : 0;
        Task answer = (context.Request.Method, path, body, id) switch
        {
            ("GET", Root, _, _) => ListAsync(context),
            ("POST", Root + "/validate", { } monitor, _) => MonitorDocument.FaultOf(monitor) is { } fault ? RefuseAsync(context, 400, fault) : JsonAsync(context, new JsonObject()),
            ("POST", Root, { } monitor, _) => MonitorDocument.FaultOf(monitor) is { } fault ? RefuseAsync(context, 400, fault) : JsonAsync(context, Monitors.Add(monitor)),
            ("PUT", _, { } monitor, > 0) => MonitorDocument.FaultOf(Completed(id, monitor)) is { } fault ? RefuseAsync(context, 400, fault) : FoundAsync(context, Monitors.Change(id, monitor)),
            ("DELETE", _, _, > 0) => FoundAsync(context, Monitors.Remove(id) ? new JsonObject { ["deleted_monitor_id"] = id } : null),
            _ => RefuseAsync(context, 404, "Not found"),
        };
        await answer;
    }

    private Task ListAsync(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        string[] tags = query["monitor_tags"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<JsonObject> found = Monitors.Tagged(tags);
        if (int.TryParse(query["page"], CultureInfo.InvariantCulture, out int page))
        {
            int size = int.TryParse(query["page_size"], CultureInfo.InvariantCulture, out int wanted) ? wanted : 100;
            if (size is < 1 or > 1000)
            {
                return RefuseAsync(context, 400, "page_size out of range");
            }

            found = found.Skip(page * size).Take(size);
        }

        return JsonAsync(context, new JsonArray([.. found]));
    }

    // What a change leaves out stays as it is, and is judged with it.
    private JsonObject Completed(long id, JsonObject change)
    {
        var whole = (JsonObject)change.DeepClone();
        foreach (string field in (string[])["type", "query"])
        {
            whole[field] ??= Monitors.All.FirstOrDefault(monitor => (long)monitor["id"]! == id)?[field]?.DeepClone();
        }

        return whole;
    }

    private static Task FoundAsync(HttpContext context, JsonNode? answer) => answer is null ? RefuseAsync(context, 404, "Monitor not found") : JsonAsync(context, answer);

    private static Task JsonAsync(HttpContext context, JsonNode answer)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }
}
