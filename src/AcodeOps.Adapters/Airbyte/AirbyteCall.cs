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

    /// <summary>The limit of a call that may be repeated and takes longer than others; null (the default) for the usual one.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>What its body holds that must not be shown even if the server echoes it.</summary>
    public IReadOnlyCollection<string> Secrets { get; init; } = [];

    /// <summary>For messages: method and path, without the query.</summary>
    public override string ToString() => $"{Method} {Path.Split('?')[0]}";
}
