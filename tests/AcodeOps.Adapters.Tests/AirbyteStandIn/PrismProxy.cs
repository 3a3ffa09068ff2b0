using System.Text.Json.Nodes;
using AcodeOps.Lab;
using AcodeOps.Lab.Servers;

namespace AcodeOps.Adapters.Tests.AirbyteStandIn;

/// <summary>A proxy that holds every request and every answer against an API document.</summary>
internal sealed class PrismProxy : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly ServerProcess _process;

    private PrismProxy(HttpClient http, ServerProcess process) => (_http, _process) = (http, process);

    public Uri Address => _http.BaseAddress!;

    public static async Task<PrismProxy> StartAsync(IReadOnlyList<string> prism, LabFolder folder, string document, Uri upstream, string? token, CancellationToken cancel)
    {
        // Prism reads "security: [{}]", nothing needed, as something nobody has: the copy goes without, as security is not what is checked.
        string text = (await File.ReadAllTextAsync(DocumentPath(document), cancel)).Replace("\nsecurity:\n- {}\n", "\n", StringComparison.Ordinal);
        string copy = Path.Combine(folder.Path, document);
        await File.WriteAllTextAsync(copy, text, cancel);
        int port = LoopbackPort.Free();
        ServerProcess process = new(folder.Run, Path.GetFileNameWithoutExtension(document));
        process.Start([.. prism, "proxy", "-h", "127.0.0.1", "-p", $"{port}", "--errors", copy, upstream.ToString()]);
        HttpClient http = new() { BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(1) };
        if (token is not null)
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }

        await process.WaitUntilAsync(async c =>
        {
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(new Uri("/", UriKind.Relative), c);
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, TimeSpan.FromMinutes(3), cancel);
        return new(http, process);
    }

    /// <summary>
    /// The answer, its status, and what Prism says against request or answer. That a status is not in the document is no violation: 401, 409, 422
    /// and 500 are what real servers send, and the documents leave them out.
    /// </summary>
    public async Task<(int Status, JsonNode? Body, IReadOnlyList<string> Violations)> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancel)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : System.Net.Http.Json.JsonContent.Create(body) };
        using HttpResponseMessage answer = await _http.SendAsync(request, cancel);
        string text = await answer.Content.ReadAsStringAsync(cancel);
        List<string> violations = [];
        if (text.Contains("stoplight.io/prism/errors#", StringComparison.Ordinal))
        {
            violations.Add(text);
        }

        foreach (string header in answer.Headers.TryGetValues("sl-violations", out IEnumerable<string>? values) ? values : [])
        {
            violations.AddRange(JsonNode.Parse(header)!.AsArray().Select(v => v!.ToJsonString())
                .Where(v => !v.Contains("Unable to match the returned status code", StringComparison.Ordinal)));
        }

        return ((int)answer.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonNode.Parse(text) : null, violations);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.StopAsync(TimeSpan.FromSeconds(5));
    }

    /// <summary>The documents lie beside the checkout: …/shared/airbyte.</summary>
    private static string DocumentPath(string document)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string path = Path.Combine(at.FullName, "shared", "airbyte", document);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new LabException($"{document} is missing: the API documents are expected in shared/airbyte beside the checkout.");
    }
}
