using System.Text.Json.Nodes;

namespace AcodeOps.Configuration.Comparing;

/// <summary>Gives the streams of a file that name no database the one in which Airbyte has found them.</summary>
internal static class StreamNames
{
    /// <summary>The settings, their streams named as the server names them; a copy where one was changed.</summary>
    public static JsonObject Aligned(JsonObject settings, JsonObject live)
    {
        if (ConnectionFields.Streams(settings).All(stream => stream["namespace"] is not null))
        {
            return settings;
        }

        JsonObject aligned = settings.DeepClone().AsObject();
        foreach (JsonObject stream in ConnectionFields.Streams(aligned).Where(stream => stream["namespace"] is null))
        {
            JsonObject[] named = [.. ConnectionFields.Streams(live).Where(there => there["name"]?.ToString() == stream["name"]?.ToString())];
            if (named.Length == 1)
            {
                stream["namespace"] = named[0]["namespace"]?.DeepClone();
            }
        }

        return aligned;
    }
}
