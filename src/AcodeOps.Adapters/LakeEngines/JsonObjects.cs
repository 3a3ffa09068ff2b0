using System.Text.Json.Nodes;

namespace AcodeOps.Adapters.LakeEngines;

/// <summary>Bodies of requests.</summary>
internal static class JsonObjects
{
    /// <summary>Takes out what is not said: APIs tell null from nothing.</summary>
    public static JsonObject WithoutNulls(this JsonObject body)
    {
        foreach (string name in body.Where(field => field.Value is null).Select(field => field.Key).ToArray())
        {
            body.Remove(name);
        }

        return body;
    }
}
