using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AcodeOps.Lab.Packages;
using AcodeOps.Lab.Servers.Identities;
using AcodeOps.Lab.Servers.Storage;

namespace AcodeOps.Lab.Servers.Cloud;

/// <summary>
/// Secrets Manager, STS, IAM and KMS, played by moto. It checks no signature and keeps everything in memory: what must survive its restart is put
/// there again by who starts it.
/// </summary>
public sealed class MotoServer(string labFolder, int port)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(20) };

    public string Endpoint => $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";

    public ServerProcess Process { get; } = new(Path.Combine(labFolder, "run"), "cloud");

    private static PackageTree Tree => PackageTrees.Moto;

    public async Task StartAsync(CancellationToken cancel)
    {
        Process.Start(
            Tree.PythonCommand("-m", "moto.server", "-H", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)), Tree.PythonEnvironment);
        await Process.WaitUntilAsync(AnswersAsync, TimeSpan.FromSeconds(60), cancel);
    }

    /// <summary>Creates the secret, or gives it a new current version.</summary>
    public async Task PutSecretAsync(string name, JsonObject value, CancellationToken cancel)
    {
        using HttpResponseMessage created = await SecretsAsync("CreateSecret", new JsonObject { ["Name"] = name, ["SecretString"] = value.ToJsonString(), ["ClientRequestToken"] = Token() }, cancel);
        if (created.IsSuccessStatusCode)
        {
            return;
        }

        using HttpResponseMessage put = await SecretsAsync("PutSecretValue", new JsonObject { ["SecretId"] = name, ["SecretString"] = value.ToJsonString(), ["ClientRequestToken"] = Token() }, cancel);
        if (!put.IsSuccessStatusCode)
        {
            throw new LabException($"The secret {name} could not be written: {(int)put.StatusCode} {await put.Content.ReadAsStringAsync(cancel)}");
        }
    }

    /// <summary>The current value, or null when there is no such secret.</summary>
    public async Task<JsonObject?> SecretAsync(string name, CancellationToken cancel)
    {
        using HttpResponseMessage answer = await SecretsAsync("GetSecretValue", new JsonObject { ["SecretId"] = name, ["VersionStage"] = "AWSCURRENT" }, cancel);
        JsonNode body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancel))!;
        return answer.IsSuccessStatusCode ? JsonNode.Parse((string)body["SecretString"]!)!.AsObject() : null;
    }

    /// <summary>Makes a key of KMS that signs, and gives its id.</summary>
    public async Task<string> AddSigningKeyAsync(CancellationToken cancel)
    {
        using HttpResponseMessage answer = await CallAsync("kms", "TrentService.CreateKey", new JsonObject { ["KeySpec"] = "ECC_NIST_P256", ["KeyUsage"] = "SIGN_VERIFY" }, cancel);
        answer.EnsureSuccessStatusCode();
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancel))!["KeyMetadata"]!["KeyId"]!;
    }

    /// <summary>Makes a user with a pair of keys.</summary>
    public async Task<StorageKey> AddUserAsync(string name, CancellationToken cancel)
    {
        StorageKey nobody = new("lab", "none");
        await SignedForm.PostAsync(Endpoint, nobody, new Dictionary<string, string> { ["Action"] = "CreateUser", ["Version"] = "2010-05-08", ["UserName"] = name }, cancel);
        XElement made = await SignedForm.PostAsync(Endpoint, nobody, new Dictionary<string, string> { ["Action"] = "CreateAccessKey", ["Version"] = "2010-05-08", ["UserName"] = name }, cancel);
        return new StorageKey(Text("AccessKeyId"), Text("SecretAccessKey"));

        string Text(string element) => made.Descendants().First(e => e.Name.LocalName == element).Value;
    }

    /// <summary>From now on, or no more, whoever calls must have signed with a user's keys, and be allowed to by its policy.</summary>
    public async Task EnforcePoliciesAsync(bool isOn, CancellationToken cancel)
    {
        // So many actions are free before the first is judged.
        using HttpResponseMessage answer = await Http.PostAsync($"{Endpoint}/moto-api/reset-auth", new StringContent(isOn ? "0" : "inf"), cancel);
        answer.EnsureSuccessStatusCode();
    }

    private static string Token() => Guid.NewGuid().ToString();

    private Task<HttpResponseMessage> SecretsAsync(string operation, JsonObject body, CancellationToken cancel) => CallAsync("secretsmanager", "secretsmanager." + operation, body, cancel);

    private async Task<HttpResponseMessage> CallAsync(string service, string operation, JsonObject body, CancellationToken cancel)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Endpoint)
        {
            Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/x-amz-json-1.1")),
        };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", operation);
        // The scope tells the service; nobody checks the signature.
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=lab/20260101/us-east-2/{service}/aws4_request, SignedHeaders=host, Signature=none");
        return await Http.SendAsync(request, cancel);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            using JsonDocument answer = JsonDocument.Parse(await Http.GetStringAsync(Endpoint + "/moto-api/data.json", cancel));
            return answer.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
