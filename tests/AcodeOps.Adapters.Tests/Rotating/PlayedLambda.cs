using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.Rotating;

/// <summary>
/// A rotation Lambda: Secrets Manager knows it, and its code is played here: pending value, password at the server, label. As the
/// single-user Lambda of AWS does, it keeps no former password.
/// </summary>
internal sealed class PlayedLambda(RotatingSite site)
{
    private static readonly HttpClient Http = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Has the secret rotated by it from now on.</summary>
    public async Task ConfigureAsync()
    {
        await SendAsync(HttpMethod.Post, "/moto-api/config", "", "", new JsonObject { ["lambda"] = new JsonObject { ["use_docker"] = false } });
        string role = $"role-{site.User.Replace('_', '-')}";
        using HttpRequestMessage make = new(HttpMethod.Post, site.Lab.Cloud.Endpoint)
        {
            Content = new FormUrlEncodedContent([new("Action", "CreateRole"), new("Version", "2010-05-08"), new("RoleName", role), new("AssumeRolePolicyDocument", "{}")]),
        };
        make.Headers.TryAddWithoutValidation("Authorization", Scope("iam"));
        (await Http.SendAsync(make, Cancel)).EnsureSuccessStatusCode();
        JsonNode function = await SendAsync(HttpMethod.Post, "/2015-03-31/functions", "lambda", "", new JsonObject
        {
            ["FunctionName"] = role,
            ["Runtime"] = "python3.12",
            ["Role"] = $"arn:aws:iam::123456789012:role/{role}",
            ["Handler"] = "index.handler",
            ["Code"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(EmptyZip()) },
        });
        await SendAsync(HttpMethod.Post, "/", "secretsmanager", "secretsmanager.RotateSecret", new JsonObject
        {
            ["SecretId"] = site.Reference.Name,
            ["RotationLambdaARN"] = (string)function["FunctionArn"]!,
            ["RotationRules"] = new JsonObject { ["AutomaticallyAfterDays"] = 30 },
            ["RotateImmediately"] = false,
            ["ClientRequestToken"] = Guid.NewGuid().ToString(),
        });
        if ((await site.DescribeAsync()).PendingVersionId is { } pending)
        {
            await site.Installation.SecretVersions.MoveLabelAsync(site.Reference, SecretLabels.Pending, pending, null, Cancel);
        }
    }

    /// <summary>Waits until it is called, and does what such a Lambda does.</summary>
    public async Task PlayAsync(string password)
    {
        string? version;
        while ((version = (await site.DescribeAsync()).PendingVersionId) is null)
        {
            await Task.Delay(50, Cancel);
        }

        JsonObject value = (await site.Lab.Cloud.SecretAsync(site.Reference.Name, Cancel))!;
        value["password"] = password;
        await SendAsync(HttpMethod.Post, "/", "secretsmanager", "secretsmanager.PutSecretValue", new JsonObject
        {
            ["SecretId"] = site.Reference.Name,
            ["ClientRequestToken"] = version,
            ["SecretString"] = value.ToJsonString(),
            ["VersionStages"] = new JsonArray(SecretLabels.Pending),
        });
        await site.Server.ExecuteAsync($"SET SESSION sql_log_bin=0; ALTER USER '{site.User}'@'127.0.0.1' IDENTIFIED BY '{password}'", Cancel);
        string current = (await site.DescribeAsync()).CurrentVersionId!;
        await site.Installation.SecretVersions.MoveLabelAsync(site.Reference, SecretLabels.Current, current, version, Cancel);
        await site.Installation.SecretVersions.MoveLabelAsync(site.Reference, SecretLabels.Pending, version, null, Cancel);
    }

    private static byte[] EmptyZip()
    {
        using MemoryStream zip = new();
        using (System.IO.Compression.ZipArchive archive = new(zip, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("index.py");
        }

        return zip.ToArray();
    }

    private static string Scope(string service) => $"AWS4-HMAC-SHA256 Credential=lab/20260101/us-east-2/{service}/aws4_request, SignedHeaders=host, Signature=none";

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, string service, string target, JsonObject body)
    {
        using HttpRequestMessage request = new(method, site.Lab.Cloud.Endpoint + path)
        {
            Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue(target.Length > 0 ? "application/x-amz-json-1.1" : "application/json")),
        };
        request.Headers.TryAddWithoutValidation("Authorization", Scope(service));
        if (target.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        }

        using HttpResponseMessage answer = await Http.SendAsync(request, Cancel);
        string text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{path} {target}: {text}");
        return JsonNode.Parse(text.Length == 0 ? "{}" : text)!;
    }
}
