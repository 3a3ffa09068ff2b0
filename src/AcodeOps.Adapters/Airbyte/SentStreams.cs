using System.Text.Json.Nodes;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>Streams as Airbyte takes them, made of streams as it tells them.</summary>
internal static class SentStreams
{
    // Told of every stream, and refused when they are sent back: an empty list of selected fields selects none.
    private static readonly string[] Lists = ["selectedFields", "mappers"];

    /// <summary>A copy of a connection's settings whose streams can be sent.</summary>
    public static JsonObject In(JsonObject settings)
    {
        JsonObject copy = settings.DeepClone().AsObject();
        foreach (JsonObject stream in (copy["configurations"]?["streams"] as JsonArray ?? []).OfType<JsonObject>())
        {
            WithoutEmpty(stream);
        }

        return copy;
    }

    /// <summary>The stream without the lists that are empty and the members that say nothing.</summary>
    public static JsonObject WithoutEmpty(JsonObject stream)
    {
        foreach ((string name, JsonNode? value) in stream.ToArray())
        {
            if (value is null || (Lists.Contains(name) && value is JsonArray { Count: 0 }))
            {
                stream.Remove(name);
            }
        }

        return stream;
    }
}
