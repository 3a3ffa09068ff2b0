using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Sinks;

namespace AcodeOps.Lab.Servers.Services;

/// <summary>The process of the lab's small services: sinks, key service, the proxy before the S3 server, black holes.</summary>
public sealed class ServicesProcess(string labFolder, ServicePorts ports)
{
    internal const string FileName = "services.json";
    internal const string MetricsFile = "sinks/metrics.jsonl";
    internal const string WebhooksFile = "sinks/webhooks.jsonl";
    private const int LongestSocket = 100;
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(15) };

    public ServicePorts Ports => ports;

    /// <summary>The Unix socket of the DogStatsD sink: in the lab's folder, or in the system's for such files where that one's path is too long for a socket.</summary>
    public static string MetricsSocket(string labFolder) => Path.Combine(labFolder, "dsd.socket") is { Length: <= LongestSocket } near
        ? near
        : Path.Combine(Path.GetTempPath(), $"acode-dsd-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(labFolder)))[..16]}.socket");

    public ServerProcess Process { get; } = new(Path.Combine(labFolder, "run"), "services");

    /// <summary>What the DogStatsD sink has got.</summary>
    public IReadOnlyList<ReceivedMetric> Metrics => JsonLines.Read<ReceivedMetric>(Path.Combine(labFolder, MetricsFile));

    /// <summary>What the webhook sink has got.</summary>
    public IReadOnlyList<ReceivedWebhook> Webhooks => JsonLines.Read<ReceivedWebhook>(Path.Combine(labFolder, WebhooksFile));

    public async Task StartAsync(CancellationToken cancel)
    {
        await File.WriteAllTextAsync(Path.Combine(labFolder, FileName), JsonSerializer.Serialize(ports), cancel);
        Process.Start(LabProgram.Command("services", labFolder), LabProgram.Environment);
        await Process.WaitUntilAsync(AnswersAsync, TimeSpan.FromSeconds(30), cancel);
    }

    /// <summary>Switches the proxy before the S3 server.</summary>
    public Task SetStorageAsync(ProxyBehavior behavior, CancellationToken cancel) => PutAsync("storage", behavior, cancel);

    /// <summary>Switches the webhook sink.</summary>
    public Task SetWebhooksAsync(WebhookBehavior behavior, CancellationToken cancel) => PutAsync("webhooks", behavior, cancel);

    /// <summary>Takes or releases a global read lock on the replica.</summary>
    public Task LockReplicaAsync(bool locked, CancellationToken cancel) => PutAsync("replica-lock", locked, cancel);

    /// <summary>Makes a port a black hole: deaf (connecting never ends) or silent (taken, never answered).</summary>
    public Task OpenBlackHoleAsync(int port, bool deaf, CancellationToken cancel) => PutAsync($"black-hole/{port}", deaf ? "deaf" : "silent", cancel);

    /// <summary>Gives the port back.</summary>
    public Task CloseBlackHoleAsync(int port, CancellationToken cancel) => PutAsync($"black-hole/{port}", "none", cancel);

    private static async Task ThrowIfRefusedAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new LabException($"The lab's services refused: {await answer.Content.ReadAsStringAsync(cancel)}");
        }
    }

    private async Task PutAsync<T>(string what, T behavior, CancellationToken cancel)
    {
        using HttpResponseMessage answer = await Http.PutAsJsonAsync($"http://127.0.0.1:{ports.Keys}/lab/{what}", behavior, cancel);
        await ThrowIfRefusedAsync(answer, cancel);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            return await Http.GetStringAsync($"http://127.0.0.1:{ports.Keys}/lab/health", cancel) == "ok";
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
