using System.Net;
using System.Text;
using System.Text.Json;
using AcodeOps.Documents;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>An HTTP answer, read whole.</summary>
internal sealed record AirbyteAnswer(HttpStatusCode Status, string? MediaType, Uri? Location, byte[] Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public bool IsHtml => MediaType is "text/html" or "application/xhtml+xml" || Body.FirstOrDefault(b => b > ' ') == '<';

    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The body as JSON; null when it is none, whatever the header says of it.</summary>
    public JsonElement? Json()
    {
        try
        {
            using JsonDocument document = LegibleJson.Parse(Body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
