namespace AcodeOps.Lab.Sinks;

/// <summary>A webhook sink without a lab: on a free loopback port of its own, for tests.</summary>
public sealed class WebhookServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("acode-sink-").FullName;
    private readonly LoopbackApp _app;

    private WebhookServer()
    {
        Sink = new WebhookSink(FilePath);
        _app = new LoopbackApp(Sink.AnswerAsync);
    }

    public WebhookSink Sink { get; }

    /// <summary>Where it listens.</summary>
    public Uri Url => _app.Url;

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
