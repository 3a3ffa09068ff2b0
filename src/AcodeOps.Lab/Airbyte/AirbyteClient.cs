using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace AcodeOps.Lab.Airbyte;

/// <summary>Calls of the stand-in by the lab itself, as its client or as its user (basic), or without any proof.</summary>
public sealed class AirbyteClient : IDisposable
{
    private readonly HttpClient _http;

    private AirbyteClient(Uri address, AuthenticationHeaderValue? proof)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        _http.DefaultRequestHeaders.Authorization = proof;
    }

    /// <summary>A client with a fresh token, got with the credentials in the stand-in's folder.</summary>
    public static async Task<AirbyteClient> OpenAsync(Uri address, string folder, CancellationToken cancel)
    {
        Api.Credentials credentials = Api.Credentials.Load(folder);
        using AirbyteClient anonymous = Anonymous(address);
        JsonObject request = new() { ["client_id"] = credentials.ClientId, ["client_secret"] = credentials.ClientSecret, ["grant-type"] = "client_credentials" };
        JsonNode token = await anonymous.SendAsync(HttpMethod.Post, "/api/public/v1/applications/token", request, cancel);
        return new(address, new("Bearer", (string)token["access_token"]!));
    }

    public static AirbyteClient Anonymous(Uri address) => new(address, proof: null);

    public static AirbyteClient Basic(Uri address, string folder)
    {
        Api.Credentials credentials = Api.Credentials.Load(folder);
        return new(address, new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.UserName}:{credentials.Password}"))));
    }

    /// <summary>The good answer to a request.</summary>
    /// <exception cref="LabException">Any answer but 2xx; the message has the status and the body.</exception>
    public async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancel)
    {
        (int status, string text) = await TryAsync(method, path, body, cancel);
        return status is >= 200 and < 300
            ? text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!
            : throw new LabException($"Airbyte answered {status} to {method} {path}: {text}");
    }

    /// <summary>Status and body of the answer, whatever it is.</summary>
    public async Task<(int Status, string Body)> TryAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancel)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using HttpResponseMessage answer = await _http.SendAsync(request, cancel);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
    }

    public void Dispose() => _http.Dispose();
}
