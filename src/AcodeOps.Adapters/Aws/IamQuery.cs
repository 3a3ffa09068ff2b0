using System.Net.Http.Headers;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;

namespace AcodeOps.Adapters.Aws;

/// <summary>
/// IAM's query protocol, as far as this product asks it: one form, signed with version 4. There is one endpoint for a partition, in one region.
/// </summary>
/// <param name="http">The account's HTTP client.</param>
/// <param name="endpoint">Where IAM is.</param>
/// <param name="region">The region that it is signed for.</param>
internal sealed class IamQuery(HttpClient http, Uri endpoint, string region)
{
    private const string Service = "iam";
    private const string ContentType = "application/x-www-form-urlencoded";

    /// <summary>The endpoint of a region's partition, and the region that it is signed for.</summary>
    public static (Uri Endpoint, string Region) Of(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => (new Uri("https://iam.cn-north-1.amazonaws.com.cn"), "cn-north-1"),
        _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => (new Uri("https://iam.us-gov.amazonaws.com"), "us-gov-west-1"),
        _ => (new Uri("https://iam.amazonaws.com"), "us-east-1"),
    };

    /// <summary>Calls.</summary>
    /// <exception cref="AmazonServiceException">It was refused.</exception>
    public async Task<XElement> PostAsync(IReadOnlyDictionary<string, string> form, ImmutableCredentials keys, CancellationToken cancel)
    {
        string body = string.Join('&', form.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
        using HttpRequestMessage request = new(HttpMethod.Post, endpoint) { Content = new StringContent(body, MediaTypeHeaderValue.Parse(ContentType)) };
        AwsSignature.Sign(request, body, Service, region, keys);
        using HttpResponseMessage answer = await http.SendAsync(request, cancel).ConfigureAwait(false);
        XElement content = Parse(await answer.Content.ReadAsStringAsync(cancel).ConfigureAwait(false));
        if (answer.IsSuccessStatusCode)
        {
            return content;
        }

        string? Told(string name) => content.Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value;
        throw new AmazonServiceException("IAM refused the question.", null, ErrorType.Sender, Told("Code"), Told("RequestId"), answer.StatusCode);
    }

    // Documents of types and entities are no answers of IAM's.
    private static XElement Parse(string text)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XElement.Load(reader);
    }
}
