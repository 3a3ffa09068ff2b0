using System.Text.Json;
using AcodeOps.Lab.Packages;

namespace AcodeOps.Lab.Servers.Services;

/// <summary>A real VictoriaMetrics, which takes metrics by OTLP; for tests. The Prometheus of Debian is built without it.</summary>
public sealed class VictoriaMetricsServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly ServerProcess _process;
    private readonly string _address;

    private VictoriaMetricsServer(string folder, int port)
    {
        _process = new ServerProcess(folder, "victoria-metrics");
        _address = $"http://127.0.0.1:{port}";
    }

    /// <summary>Where it takes OTLP over HTTP.</summary>
    public Uri Otlp => new($"{_address}/opentelemetry");

    /// <summary>Starts it.</summary>
    /// <param name="folder">For its data and its log.</param>
    /// <param name="cancel">Gives it up.</param>
    public static async Task<VictoriaMetricsServer> StartAsync(string folder, CancellationToken cancel)
    {
        int port = LoopbackPort.Free();
        VictoriaMetricsServer server = new(folder, port);
        server._process.Start(PackageTrees.VictoriaMetrics.Command("usr/bin/victoria-metrics", $"-storageDataPath={Path.Combine(folder, "data")}", $"-httpListenAddr=127.0.0.1:{port}", "-memory.allowedBytes=64MB"));
        await server._process.WaitUntilAsync(server.AnswersAsync, Patience, cancel);
        return server;
    }

    /// <summary>All series: what tells them apart, their name among it, and their figures.</summary>
    public async Task<IReadOnlyList<(IReadOnlyDictionary<string, string> Labels, IReadOnlyList<double> Values)>> SeriesAsync(CancellationToken cancel)
    {
        await _http.GetStringAsync($"{_address}/internal/force_flush", cancel);
        string lines = await _http.GetStringAsync($"{_address}/api/v1/export?match[]={Uri.EscapeDataString("{__name__!=\"\"}")}", cancel);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read)];
    }

    public async ValueTask DisposeAsync()
    {
        await _process.KillAsync();
        _http.Dispose();
    }

    private static (IReadOnlyDictionary<string, string> Labels, IReadOnlyList<double> Values) Read(string line)
    {
        using JsonDocument series = JsonDocument.Parse(line);
        return (series.RootElement.GetProperty("metric").EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!),
            [.. series.RootElement.GetProperty("values").EnumerateArray().Select(value => value.GetDouble())]);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            return (await _http.GetAsync($"{_address}/health", cancel)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
