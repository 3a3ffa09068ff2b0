using System.Collections.Concurrent;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace AcodeOps.Module.Tests.Failover;

/// <summary>Stands before an HTTP server and passes every request on as it came, its Host header too, so that signatures stay good; what came is kept.</summary>
internal sealed class RecordingProxy : IAsyncDisposable
{
    // Those of the two connections, not of the request.
    private static readonly HashSet<string> OfConnection = new(["Connection", "Expect", "Keep-Alive", "Transfer-Encoding"], StringComparer.OrdinalIgnoreCase);

    private readonly HttpMessageInvoker _target = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null });
    private readonly ConcurrentQueue<RecordedRequest> _requests = [];
    private readonly string _targetAddress;
    private readonly WebApplication _app;

    private RecordingProxy(string target)
    {
        _targetAddress = target.TrimEnd('/');
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(server => server.Limits.MaxRequestBodySize = null);
        _app = builder.Build();
        _app.Run(PassAsync);
    }

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>What came so far, in order.</summary>
    public IEnumerable<RecordedRequest> Requests => _requests;

    public static async Task<RecordingProxy> StartAsync(string target, CancellationToken cancel)
    {
        RecordingProxy proxy = new(target);
        await proxy._app.StartAsync(cancel);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _target.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        string path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _requests.Enqueue(new RecordedRequest(context.Request.Method, path, ActionOf(context.Request, body)));

        using HttpRequestMessage request = new(
            HttpMethod.Parse(context.Request.Method), new Uri(_targetAddress + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (body.Length > 0 || context.Request.ContentLength is not null)
        {
            request.Content = new ByteArrayContent(body.ToArray());
        }

        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in context.Request.Headers.Where(h => !OfConnection.Contains(h.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        using HttpResponseMessage answer = await _target.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach ((string name, IEnumerable<string> values) in answer.Headers.Concat(answer.Content.Headers).Where(h => !OfConnection.Contains(h.Key)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        if (answer.Content.Headers.ContentLength != 0 && !HttpMethods.IsHead(context.Request.Method) && answer.StatusCode != System.Net.HttpStatusCode.NoContent)
        {
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    private static string? ActionOf(HttpRequest request, MemoryStream body) => request.Headers["X-Amz-Target"] is [{ } target]
        ? target
        : request.HasFormContentType ? HttpUtility.ParseQueryString(System.Text.Encoding.UTF8.GetString(body.ToArray()))["Action"] : null;
}
