using AcodeOps.Lab;
using AcodeOps.Module.Tests.EndToEnd;

namespace AcodeOps.Module.Tests.Failover;

/// <summary>A lab whose Airbyte, S3 and AWS services are reached through recorders, by an environment file in a folder of its own.</summary>
internal sealed class RecordedSite : IAsyncDisposable
{
    private readonly List<RecordingProxy> _proxies = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("acode-recorded-").FullName;

    private string EnvironmentFile => Path.Combine(_folder, LabEnvironmentFile.FileName);

    public static async Task<RecordedSite> StartAsync(LabSite site, CancellationToken cancel)
    {
        RecordedSite recorded = new();
        string text = await File.ReadAllTextAsync(Path.Combine(site.Folder, LabEnvironmentFile.FileName), cancel);
        foreach (string server in (string[])[site.StorageEndpoint, site.Cloud.Endpoint, site.Airbyte.Endpoint, site.Coordinates.DatadogEndpoint])
        {
            RecordingProxy proxy = await RecordingProxy.StartAsync(server, cancel);
            recorded._proxies.Add(proxy);
            text = text.Replace(server, proxy.Address, StringComparison.Ordinal);
        }

        // Whatever is at Datadog already differs from what this file says.
        text = text.Replace("@pagerduty-acode", "@recorded", StringComparison.Ordinal);
        text = text.Replace("credentialsFile: ", $"credentialsFile: {site.Folder}/", StringComparison.Ordinal);
        await File.WriteAllTextAsync(recorded.EnvironmentFile, text, cancel);
        return recorded;
    }

    /// <summary>A session that is connected to an environment of the lab, through the recorders.</summary>
    public LabSession Open(string environment) => new($"{EnvironmentFile}#{environment}");

    /// <summary>What has come to the servers and gone to the folder until now.</summary>
    public Trace Look() => new(
        [.. _proxies.Select(p => p.Requests.Count())],
        [.. Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Select(f => $"{f} {new FileInfo(f).Length} {File.GetLastWriteTimeUtc(f):O}").Order(StringComparer.Ordinal)]);

    /// <summary>The requests since a look.</summary>
    public IReadOnlyList<RecordedRequest> Since(Trace before) => [.. _proxies.SelectMany((p, i) => p.Requests.Skip(before.Requests[i]))];

    public async ValueTask DisposeAsync()
    {
        foreach (RecordingProxy proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A moment.</summary>
    /// <param name="Requests">How many requests each recorder has seen.</param>
    /// <param name="Files">The files: journals, spool.</param>
    internal sealed record Trace(IReadOnlyList<int> Requests, IReadOnlyList<string> Files);
}
