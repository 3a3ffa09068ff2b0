using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Documents;
using Amazon.Runtime;

namespace AcodeOps.Adapters.Aws;

/// <summary>Athena's API, as far as this product asks it: JSON 1.1, signed with version 4. Source: "Amazon Athena API Reference".</summary>
/// <param name="http">The account's HTTP client.</param>
/// <param name="endpoint">Where Athena is.</param>
/// <param name="region">The region that it is signed for.</param>
internal sealed class AthenaApi(HttpClient http, Uri endpoint, string region)
{
    private const string Service = "athena";
    private const string ContentType = "application/x-amz-json-1.1";
    private static readonly HashSet<string> Throttles = ["ThrottlingException", "TooManyRequestsException", "InternalServerException"];

    /// <summary>Calls; again where Athena asks to slow down or has a fault: a question begins once all the same, by its token.</summary>
    /// <exception cref="AmazonServiceException">It was refused.</exception>
    public async Task<JsonElement> PostAsync(string action, JsonObject body, ImmutableCredentials keys, CancellationToken cancel)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return await OnceAsync(action, body.ToJsonString(), keys, cancel).ConfigureAwait(false);
            }
            catch (AmazonServiceException refused) when (attempt < AwsHttp.Retries && (refused.StatusCode >= HttpStatusCode.InternalServerError || Throttles.Contains(refused.ErrorCode ?? "")))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(300 << attempt), cancel).ConfigureAwait(false);
            }
        }
    }

    private async Task<JsonElement> OnceAsync(string action, string body, ImmutableCredentials keys, CancellationToken cancel)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, endpoint) { Content = new StringContent(body, MediaTypeHeaderValue.Parse(ContentType)) };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"AmazonAthena.{action}");
        AwsSignature.Sign(request, body, Service, region, keys);
        using HttpResponseMessage answer = await http.SendAsync(request, cancel).ConfigureAwait(false);
        byte[] text = await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
        if (answer.IsSuccessStatusCode)
        {
            using JsonDocument content = LegibleJson.Parse(text);
            return content.RootElement.Clone();
        }

        string? requestId = answer.Headers.TryGetValues("x-amzn-RequestId", out IEnumerable<string>? ids) ? ids.First() : null;
        throw new AmazonServiceException("Athena refused the question.", null, ErrorType.Sender, CodeOf(text, answer), requestId, answer.StatusCode);
    }

    // The code may stand behind a namespace, and before an address. What a gateway in between says has none, and need not be JSON.
    private static string? CodeOf(byte[] text, HttpResponseMessage answer)
    {
        string? told = answer.Headers.TryGetValues("x-amzn-ErrorType", out IEnumerable<string>? types) ? types.First() : null;
        try
        {
            using JsonDocument content = LegibleJson.Parse(text);
            told = content.RootElement.Text("__type") ?? told;
        }
        catch (JsonException)
        {
        }

        return told?.Split(':')[0].Split('#')[^1];
    }
}
