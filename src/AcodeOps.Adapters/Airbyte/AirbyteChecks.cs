using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Configuration;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>Lets Airbyte try to reach a source or a destination, by the Configuration API: the public one cannot.</summary>
internal sealed class AirbyteChecks(AirbyteCalls calls)
{
    // Airbyte starts a pod and answers when that has connected, or given up.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public Task<ConnectorCheck> CheckAsync(ConfiguredKind kind, Guid id, CancellationToken cancel) =>
        AskAsync(kind, "check_connection", new JsonObject { [$"{kind.Word()}Id"] = id }, [], cancel);

    public async Task<ConnectorCheck> CheckUpdateAsync(ConfiguredKind kind, Guid id, string name, JsonObject settings, CancellationToken cancel)
    {
        JsonObject body = new() { [$"{kind.Word()}Id"] = id, ["name"] = name, ["connectionConfiguration"] = settings.DeepClone() };
        try
        {
            return await AskAsync(kind, "check_connection_for_update", body, SentSecrets.Of(settings), cancel).ConfigureAwait(false);
        }
        catch (AcodeException refusal) when (ConfigurationRefusals.IsRefusal(refusal))
        {
            throw ConfigurationRefusals.Of(kind, name, refusal);
        }
    }

    private Task<ConnectorCheck> AskAsync(ConfiguredKind kind, string what, JsonObject body, IReadOnlyCollection<string> secrets, CancellationToken cancel)
    {
        AirbyteCall call = new(HttpMethod.Post, $"/api/v1/{kind.Word()}s/{what}") { Body = body, Within = Limit, Secrets = secrets };
        return calls.AskAsync(call, json => Read(json, secrets), cancel);
    }

    // A failed check is a 200 that says so.
    private static ConnectorCheck? Read(JsonElement json, IReadOnlyCollection<string> secrets)
    {
        string? said = json.Text("message") ?? json.Member("jobInfo").Member("failureReason").Text("externalMessage");
        string? message = string.IsNullOrWhiteSpace(said) ? null : SentSecrets.Concealed(said, secrets, 500);
        return json.Text("status") switch
        {
            "succeeded" => new ConnectorCheck(true, message),
            "failed" => new ConnectorCheck(false, message),
            _ => null,
        };
    }
}
