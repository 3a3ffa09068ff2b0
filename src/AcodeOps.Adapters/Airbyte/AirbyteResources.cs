using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AcodeOps.Configuration;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>Sources, destinations and connections whole, by the public API.</summary>
internal sealed class AirbyteResources(AirbyteCalls calls, AirbyteLists lists, AirbyteWorkspace workspace, AirbyteActions actions, AirbyteCopies copies) : IAirbyteResources
{
    private readonly AirbyteChecks _checks = new(calls);

    public Task<Guid> ReadWorkspaceAsync(CancellationToken cancel) => workspace.ReadAsync(cancel);

    public async IAsyncEnumerable<AirbyteResource> ListAsync(ConfiguredKind kind, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        string path = $"{PathOf(kind)}?workspaceIds={await workspace.ReadAsync(cancel).ConfigureAwait(false)}&";
        await foreach (AirbyteResource resource in lists.ReadAsync(path, AirbyteLists.Page, json => ResourceJson.Read(kind, json), found => found.Id, cancel).ConfigureAwait(false))
        {
            if (!ResourceJson.IsDeleted(resource))
            {
                yield return resource;
            }
        }
    }

    public async Task<AirbyteResource?> ReadAsync(ConfiguredKind kind, Guid id, CancellationToken cancel)
    {
        string path = $"{PathOf(kind)}/{id}";
        AirbyteResource? found;
        try
        {
            found = await FindAsync(kind, kind == ConfiguredKind.Connection ? path : $"{path}?includeSecretCoordinates=true", cancel).ConfigureAwait(false);
        }
        catch (AcodeException refusal) when (kind != ConfiguredKind.Connection && refusal.Id is "AirbyteRequestRejected" or "AirbyteAccessDenied" or "AirbyteServerFault")
        {
            // Not every version and edition shows under which version it keeps a secret: the mask must do.
            found = await FindAsync(kind, path, cancel).ConfigureAwait(false);
        }

        return found is null || ResourceJson.IsDeleted(found) ? null : found;
    }

    public async Task<AirbyteResource> CreateAsync(AirbyteResource resource, CancellationToken cancel)
    {
        bool isConnection = resource.Kind == ConfiguredKind.Connection;
        AirbyteCall call = new(HttpMethod.Post, PathOf(resource.Kind))
        {
            Body = isConnection ? ResourceJson.NewConnection(resource) : ResourceJson.NewActor(resource, await workspace.ReadAsync(cancel).ConfigureAwait(false)),
            Secrets = isConnection ? SentSecrets.OfConnection(resource.Settings) : SentSecrets.Of(resource.Settings),
            OnceWithin = AirbyteCopies.DiscoveryLimit,
        };
        try
        {
            return await SendAsync(call, resource.Kind, resource.Name, cancel).ConfigureAwait(false);
        }
        catch (AcodeException failure) when (failure.Cause.IsOutage() && failure.Cause != FailureClass.ConnectionRefused)
        {
            string what = $"{resource.Kind.Word()} '{ServerText.Shown(resource.Name)}'";
            throw new AcodeException(failure.Id, failure.Cause, $"{failure.Message} Whether the {what} was made is not known.", failure.InnerException)
            {
                Advice = $"Look in Airbyte for the {what} before another one is made: it takes several of the same name.",
                Subject = failure.Subject,
            };
        }
    }

    public Task<AirbyteResource> ReplaceAsync(ConfiguredKind kind, Guid id, string name, JsonObject settings, CancellationToken cancel)
    {
        // PATCH merges: keys of a form that was given up would stay.
        AirbyteCall call = new(HttpMethod.Put, $"{PathOf(Connector(kind))}/{id}")
        {
            Body = new JsonObject { ["name"] = name, ["configuration"] = settings.DeepClone() },
            Secrets = SentSecrets.Of(settings),
        };
        return SendAsync(call, kind, name, cancel);
    }

    public async Task<AirbyteResource> ChangeConnectionAsync(Guid id, JsonObject changes, CancellationToken cancel)
    {
        TimeSpan? within = changes.ContainsKey("configurations") ? AirbyteCopies.DiscoveryLimit : null;
        try
        {
            return await actions.ChangeAsync(id, SentStreams.In(changes), within, json => ResourceJson.Read(ConfiguredKind.Connection, json), cancel).ConfigureAwait(false);
        }
        catch (AcodeException refusal) when (ConfigurationRefusals.IsRefusal(refusal))
        {
            throw ConfigurationRefusals.Of(ConfiguredKind.Connection, $"{id}", refusal);
        }
    }

    // A source's or a destination's connections are ended with it, one by one.
    public Task DeleteAsync(ConfiguredKind kind, Guid id, CancellationToken cancel) => kind == ConfiguredKind.Connection
        ? copies.DeleteAsync(id, cancel) : copies.DeleteAsync($"{PathOf(kind)}/{id}", AirbyteCopies.DiscoveryLimit, cancel);

    public Task<ConnectorCheck> CheckAsync(ConfiguredKind kind, Guid id, CancellationToken cancel) => _checks.CheckAsync(Connector(kind), id, cancel);

    public Task<ConnectorCheck> CheckUpdateAsync(ConfiguredKind kind, Guid id, string name, JsonObject settings, CancellationToken cancel) =>
        _checks.CheckUpdateAsync(Connector(kind), id, name, settings, cancel);

    private static string PathOf(ConfiguredKind kind) => $"{AirbyteServer.Public}/{kind.Word()}s";

    private static ConfiguredKind Connector(ConfiguredKind kind) => kind is ConfiguredKind.Source or ConfiguredKind.Destination
        ? kind : throw new ArgumentOutOfRangeException(nameof(kind), kind, "This is for sources and destinations.");

    private Task<AirbyteResource?> FindAsync(ConfiguredKind kind, string path, CancellationToken cancel) =>
        calls.FindAsync(path, json => ResourceJson.Read(kind, json), cancel);

    private async Task<AirbyteResource> SendAsync(AirbyteCall call, ConfiguredKind kind, string name, CancellationToken cancel)
    {
        try
        {
            return await calls.AskAsync(call, json => ResourceJson.Read(kind, json), cancel).ConfigureAwait(false);
        }
        catch (AcodeException refusal) when (ConfigurationRefusals.IsRefusal(refusal))
        {
            throw ConfigurationRefusals.Of(kind, name, refusal);
        }
    }
}
