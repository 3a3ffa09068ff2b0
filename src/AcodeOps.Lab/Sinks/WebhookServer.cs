using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AcodeOps.Lab.Sinks;

/// <summary>A webhook sink without a lab: on a free loopback port of its own, for tests.</summary>
public sealed class WebhookServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("acode-sink-").FullName;
    private readonly WebApplication _app;

    private WebhookServer()
    {
        Sink = new WebhookSink(FilePath);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(Sink.AnswerAsync);
    }

    public WebhookSink Sink { get; }

    /// <summary>Where it listens.</summary>
    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>What has come so far.</summary>
    public IReadOnlyList<ReceivedWebhook> Received => JsonLines.Read<ReceivedWebhook>(FilePath);

    private string FilePath => Path.Combine(_folder, "webhooks.jsonl");

    public static async Task<WebhookServer> StartAsync(CancellationToken cancel)
    {
        WebhookServer server = new();
        await server._app.StartAsync(cancel);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
