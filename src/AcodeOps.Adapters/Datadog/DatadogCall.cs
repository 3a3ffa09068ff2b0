using System.Text.Json.Nodes;

namespace AcodeOps.Adapters.Datadog;

/// <summary>One request to Datadog.</summary>
internal sealed record DatadogCall(HttpMethod Method, string Path)
{
    /// <summary>Its body; null for none.</summary>
    public JsonObject? Body { get; init; }

    /// <summary>Whether it may be sent again where no answer came: twice is as good as once.</summary>
    public bool IsRepeatable { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Method} {Path.Split('?')[0]}";
}
