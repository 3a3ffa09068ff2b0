using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>What every request passes: asked-for faults, authentication, and the mapping of errors to bodies.</summary>
internal sealed class Gate(AirbyteOptions options, AccessTokens tokens, FaultBoard faults)
{
    private static readonly HashSet<string> Anonymous = new(StringComparer.OrdinalIgnoreCase)
    {
        "/api/public/v1/health", "/api/v1/health", "/api/v1/instance_configuration", "/api/public/v1/applications/token", "/api/v1/applications/token",
    };

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            if (context.Request.Path.StartsWithSegments("/lab"))
            {
                await next(context);
                return;
            }

            Fault? fault = faults.TakeHttp(context.Request);
            if (fault is { DelaySeconds: > 0 })
            {
                await Task.Delay(TimeSpan.FromSeconds(fault.DelaySeconds), context.RequestAborted);
            }

            if (fault is { Status: > 0, AfterTheWork: false })
            {
                await AnswerWronglyAsync(context, fault);
                return;
            }

            if (!IsAllowed(context.Request))
            {
                await WriteAsync(context, 401, Hal(context, "Unauthorized"));
                return;
            }

            await PassAsync(context, next, fault is { Status: > 0 } lost ? lost : null);
        }
        catch (ApiException error)
        {
            await WriteAsync(context, error.Status, error.Body);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone.
        }
        catch (Exception unforeseen) when (!context.Response.HasStarted)
        {
            // As a real server: callers get an id, the log has the rest.
            ApiException error = KnownException.Anonymous(500);
            await Console.Error.WriteLineAsync($"{error.Body["errorId"]} {context.Request.Method} {context.Request.Path}: {unforeseen}");
            await WriteAsync(context, error.Status, error.Body);
        }
    }

    private static async Task PassAsync(HttpContext context, RequestDelegate next, Fault? lost)
    {
        if (lost is null)
        {
            await next(context);
            if (context.Response is { StatusCode: 404, HasStarted: false } && context.GetEndpoint() is null)
            {
                await WriteAsync(context, 404, Hal(context, "Not Found"));
            }

            return;
        }

        // The work is done and its answer thrown away: what a caller sees when a proxy times out.
        Stream body = context.Response.Body;
        context.Response.Body = Stream.Null;
        await next(context);
        context.Response.Body = body;
        if (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await AnswerWronglyAsync(context, lost);
        }
    }

    private static async Task AnswerWronglyAsync(HttpContext context, Fault fault)
    {
        context.Response.StatusCode = fault.Status;
        (string type, string text) = fault.Body switch
        {
            "html" => ("text/html", $"<html><head><title>{fault.Status}</title></head><body><center><h1>{fault.Status}</h1></center><hr><center>nginx</center></body></html>"),
            "empty" => ("", ""),
            _ when fault.Status == 429 => ("application/json", """{"message":"You are being rate limited."}"""),
            _ => ("application/json", KnownException.Anonymous(fault.Status).Body.ToJsonString()),
        };
        if (type.Length > 0)
        {
            context.Response.ContentType = type;
            await context.Response.WriteAsync(text);
        }
    }

    private static JsonObject Hal(HttpContext context, string message) => new()
    {
        ["message"] = message,
        ["_links"] = new JsonObject { ["self"] = new JsonObject { ["href"] = context.Request.Path.Value, ["templated"] = false } },
        ["_embedded"] = new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["message"] = message, ["_links"] = new JsonObject(), ["_embedded"] = new JsonObject() }) },
    };

    private static Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, StoreJson.Options);
    }

    private bool IsAllowed(HttpRequest request)
    {
        if (options.Auth == AuthMode.None || Anonymous.Contains(request.Path.Value!.TrimEnd('/')))
        {
            return true;
        }

        string header = request.Headers.Authorization.ToString();
        return options.Auth switch
        {
            AuthMode.Basic => header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) && tokens.AcceptsBasic(header[6..].Trim()),
            _ => header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && tokens.Accepts(header[7..].Trim()),
        };
    }
}
