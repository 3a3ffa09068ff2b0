using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AcodeOps.Lab.Datadog;

/// <summary>A Datadog without a lab: on a free loopback port of its own, for tests.</summary>
public sealed class DatadogServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DatadogServer()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(Api.AnswerAsync);
    }

    public DatadogApi Api { get; } = new(new Lazy<DatadogKeys>(DatadogKeys.New()));

    /// <summary>Where it listens.</summary>
    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<DatadogServer> StartAsync(CancellationToken cancel)
    {
        DatadogServer server = new();
        await server._app.StartAsync(cancel);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
