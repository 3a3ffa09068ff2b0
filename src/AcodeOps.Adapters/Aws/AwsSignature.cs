using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace AcodeOps.Adapters.Aws;

/// <summary>Signs a POST to the root of a service that no SDK client here speaks to. Source: "AWS Signature Version 4" in IAM's user guide.</summary>
internal static class AwsSignature
{
    private const string Own = "x-amz-";

    /// <summary>Signs, over the body, the type of content, the host and all headers of AWS's own.</summary>
    public static void Sign(HttpRequestMessage request, string body, string service, string region, ImmutableCredentials keys)
    {
        string now = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string scope = $"{now[..8]}/{region}/{service}/aws4_request";
        request.Headers.TryAddWithoutValidation("x-amz-date", now);
        if (keys.UseToken)
        {
            request.Headers.TryAddWithoutValidation("x-amz-security-token", keys.Token);
        }

        (string Name, string Value)[] headers =
        [
            .. new[] { ("content-type", request.Content!.Headers.ContentType!.ToString()), ("host", request.RequestUri!.Authority) }
                .Concat(request.Headers.Where(header => header.Key.StartsWith(Own, StringComparison.OrdinalIgnoreCase)).Select(header => (Lower(header.Key), string.Join(',', header.Value))))
                .OrderBy(header => header.Item1, StringComparer.Ordinal),
        ];
        string names = string.Join(';', headers.Select(header => header.Name));
        string canonical = $"POST\n/\n\n{string.Concat(headers.Select(header => $"{header.Name}:{header.Value}\n"))}\n{names}\n{Hash(body)}";
        byte[] key = new[] { now[..8], region, service, "aws4_request" }.Aggregate(
            Encoding.UTF8.GetBytes("AWS4" + keys.SecretKey), (secret, part) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(part)));
        string signature = Lower(Convert.ToHexString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"AWS4-HMAC-SHA256\n{now}\n{scope}\n{Hash(canonical)}"))));
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential={keys.AccessKey}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    private static string Hash(string text) => Lower(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

#pragma warning disable CA1308 // Signatures are of lower-case digits and names.
    private static string Lower(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308
}
