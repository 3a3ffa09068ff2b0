using System.Text.Json.Nodes;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>One request to Airbyte that needs a credential.</summary>
internal sealed record AirbyteCall(HttpMethod Method, string Path)
{
    /// <summary>Its JSON body; null for none.</summary>
    public JsonObject? Body { get; init; }

    /// <summary>
    /// The limit of a call that must not be done twice: it is sent once and never repeated after its connection broke.
    /// Null (the default) for one that may be repeated.
    /// </summary>
    public TimeSpan? OnceWithin { get; init; }

    /// <summary>For messages: method and path, without the query.</summary>
    public override string ToString() => $"{Method} {Path.Split('?')[0]}";
}
