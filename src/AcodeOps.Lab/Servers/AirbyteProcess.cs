using System.Globalization;
using AcodeOps.Lab.Airbyte.Api;

namespace AcodeOps.Lab.Servers;

/// <summary>The Airbyte stand-in as a process; its folder is inside the lab's.</summary>
public sealed class AirbyteProcess(string labFolder, int port)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    public string Endpoint => $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";

    public string Folder { get; } = Path.Combine(labFolder, "airbyte");

    public ServerProcess Process { get; } = new(Path.Combine(labFolder, "run"), "airbyte");

    /// <summary>What a client logs in with.</summary>
    public (string ClientId, string ClientSecret) Client()
    {
        Directory.CreateDirectory(Folder);
        Credentials credentials = Credentials.Load(Folder);
        return (credentials.ClientId, credentials.ClientSecret);
    }

    public async Task StartAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(Folder);
        Process.Start(LabProgram.Command("airbyte", "--folder", Folder, "--port", port.ToString(CultureInfo.InvariantCulture)), LabProgram.Environment);
        await Process.WaitUntilAsync(AnswersAsync, TimeSpan.FromSeconds(30), cancel);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            using HttpResponseMessage answer = await Http.GetAsync(Endpoint + "/api/public/v1/health", cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
