using AcodeOps.Lab.Sinks;

namespace AcodeOps.Lab.Datadog;

/// <summary>A Datadog without a lab: on a free loopback port of its own, for tests.</summary>
public sealed class DatadogServer : IAsyncDisposable
{
    private readonly LoopbackApp _app;

    private DatadogServer() => _app = new LoopbackApp(Api.AnswerAsync);

    public DatadogApi Api { get; } = new(new Lazy<DatadogKeys>(DatadogKeys.New()));

    /// <summary>Where it listens.</summary>
    public Uri Url => _app.Url;

    public static async Task<DatadogServer> StartAsync(CancellationToken cancel)
    {
        DatadogServer server = new();
        await server._app.StartAsync(cancel);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
