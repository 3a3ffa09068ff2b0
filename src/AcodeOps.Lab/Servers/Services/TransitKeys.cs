using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.Servers.Services;

/// <summary>
/// The few calls of a transit key service that the S3 server makes for server-side encryption. It keeps no secret: the "wrapped" key is the data
/// key itself, so that it needs no state. The objects on disk really are encrypted with it.
/// </summary>
internal static class TransitKeys
{
    private const string Prefix = "vault:v1:";

    public static async Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path;
        JsonNode? asked = null;
        if (context.Request.ContentLength > 0)
        {
            asked = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        }

        JsonObject data = [];
        if (path.Contains("/datakey/plaintext/", StringComparison.Ordinal))
        {
            string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
            data = new JsonObject { ["plaintext"] = key, ["ciphertext"] = Prefix + key };
        }
        else if (path.Contains("/decrypt/", StringComparison.Ordinal))
        {
            data = new JsonObject { ["plaintext"] = ((string?)asked?["ciphertext"] ?? "").Split(':')[^1] };
        }

        // Making, configuring and deleting a key: yes to all of it.
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(new JsonObject { ["data"] = data }.ToJsonString(), context.RequestAborted);
    }
}
