using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using AcodeOps.Lab.Servers.Storage;

namespace AcodeOps.Lab.Servers.Identities;

/// <summary>One call of IAM's query protocol, signed with version 4: what the lab needs of IAM has no package here.</summary>
internal static class SignedForm
{
    private const string Region = "us-east-1";
    private const string Service = "iam";
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Calls, and gives the answer.</summary>
    /// <exception cref="LabException">It was refused.</exception>
    public static async Task<XElement> PostAsync(string endpoint, StorageKey key, IReadOnlyDictionary<string, string> form, CancellationToken cancel)
    {
        Uri address = new(endpoint);
        string body = string.Join('&', form.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));
        string now = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture), scope = $"{now[..8]}/{Region}/{Service}/aws4_request";
        string hash = Hex(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        const string Signed = "content-type;host;x-amz-content-sha256;x-amz-date";
        const string ContentType = "application/x-www-form-urlencoded";
        string canonical = $"POST\n/\n\ncontent-type:{ContentType}\nhost:{address.Authority}\nx-amz-content-sha256:{hash}\nx-amz-date:{now}\n\n{Signed}\n{hash}";
        string toSign = $"AWS4-HMAC-SHA256\n{now}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        byte[] signing = new[] { now[..8], Region, Service, "aws4_request" }.Aggregate(
            Encoding.UTF8.GetBytes("AWS4" + key.SecretKey), (secret, part) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(part)));
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = new StringContent(body, MediaTypeHeaderValue.Parse(ContentType)) };
        request.Headers.TryAddWithoutValidation("x-amz-date", now);
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", hash);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={key.AccessKey}/{scope}, SignedHeaders={Signed}, Signature={Hex(HMACSHA256.HashData(signing, Encoding.UTF8.GetBytes(toSign)))}");
        using HttpResponseMessage answer = await Http.SendAsync(request, cancel);
        string text = await answer.Content.ReadAsStringAsync(cancel);
        return answer.IsSuccessStatusCode && text.Length > 0
            ? XElement.Parse(text)
            : answer.IsSuccessStatusCode ? new XElement("empty") : throw new LabException($"{form["Action"]} was refused: {(int)answer.StatusCode} {text}");
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
