using AcodeOps.Adapters.Tests.AirbyteStandIn;
using AcodeOps.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Airbyte.Api;
using Client = AcodeOps.Adapters.Airbyte.AirbyteServer;

namespace AcodeOps.Adapters.Tests.Airbyte;

/// <summary>The client's own requests, held against the API documents on their way to the stand-in.</summary>
public sealed class AirbyteDocumentTests(StandInFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_client_sends_is_as_the_documents_say_and_a_wrong_request_is_found()
    {
        await using StandIn standIn = await fixture.StartProvisionedAsync(auth: AuthMode.None);
        LabFolder folder = await fixture.NewFolderAsync();
        IReadOnlyList<string> prism = await PrismInstallation.CommandAsync(line => TestContext.Current.SendDiagnosticMessage(line), Cancel);
        Task<PrismProxy> starting = PrismProxy.StartAsync(prism, folder, "configuration-api.yaml", standIn.Address, null, Cancel);
        await using PrismProxy publicApi = await PrismProxy.StartAsync(prism, folder, "public-api.yaml", standIn.Address, null, Cancel);
        await using PrismProxy configurationApi = await starting;
        Guid id = standIn.Installation.Connections[AirbyteProvisioning.PrimaryConnection];

        await using Client airbyte = Open(publicApi);
        await standIn.FaultAsync(new() { ["kind"] = "job_hang" }, Cancel);
        Sync sync = await airbyte.StartSyncAsync(id, Cancel);
        Assert.False((await airbyte.ReadSyncAsync(sync.JobId, Cancel))!.IsTerminal);
        Assert.Equal(ConnectionStatus.Inactive, (await airbyte.SetStatusAsync(id, ConnectionStatus.Inactive, Cancel)).Status);
        await airbyte.CancelSyncAsync(sync.JobId, Cancel);
        await standIn.WaitAsync(sync.JobId, "cancelled", Cancel);

        Connection copy = await airbyte.CopyConnectionAsync(standIn.Installation.Connections[AirbyteProvisioning.IncrementalBackupConnection], "a drill", "mark_", Cancel);
        Assert.Equal(("a drill", "mark_"), (copy.Name, copy.Prefix));
        await airbyte.DeleteConnectionAsync(copy.ConnectionId, Cancel);

        await using Client states = Open(configurationApi);
        await states.WriteStateAsync(id, Of(new StreamState("a", "n", """{"cursor":"1"}"""), new StreamState("b", null, "{}")), Cancel);
        Assert.Equal(2, (await states.ReadStateAsync(id, Cancel)).Streams.Count);
        await states.WriteStateAsync(
            id, new SyncState(SyncStateKind.Global) { WholeJson = """{"shared_state":{},"streamStates":[{"streamDescriptor":{"name":"s"},"streamState":{}}]}""" }, Cancel);
        Assert.Equal(SyncStateKind.Global, (await states.ReadStateAsync(id, Cancel)).Kind);

        await using Client specifications = new(new AirbyteDefinition { Url = configurationApi.Address, Workspace = standIn.Installation.WorkspaceId }, new HeldCredential(), TimeProvider.System);
        Assert.Contains("\"jdbc_url_params\"", await specifications.ReadSpecificationAsync(ConfiguredKind.Source, ConnectorSpecifications.MySqlSource, Cancel), StringComparison.Ordinal);
        Assert.Contains("\"s3_bucket_name\"", await specifications.ReadSpecificationAsync(ConfiguredKind.Destination, ConnectorSpecifications.S3Destination, Cancel), StringComparison.Ordinal);

        // The proof that this test can fail: a state that is a number.
        Assert.Equal(
            "AirbyteRequestRejected", (await Assert.ThrowsAsync<AcodeException>(() => states.WriteStateAsync(id, Of(new StreamState("a", "n", "5")), Cancel))).Id);
    }

    private static SyncState Of(params StreamState[] streams) => new(SyncStateKind.Stream) { Streams = streams };

    private static Client Open(PrismProxy proxy) => new(new AirbyteDefinition { Url = proxy.Address }, new HeldCredential(), TimeProvider.System);
}
