using AcodeOps.Syncs;

namespace AcodeOps.Core.Tests.Syncs;

/// <summary>Which connection is meant when none is named.</summary>
public sealed class RouteMatchTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_one_active_routes_connection_is_meant() =>
        Assert.Equal(Installed.PrimaryConnection, await FindAsync(Installed.BackupConnection, Installed.PrimaryConnection));

    [Fact]
    public async Task A_connection_that_no_route_uses_does_not_count() => Assert.Equal(
        Installed.PrimaryConnection,
        await FindAsync(Installed.PrimaryConnection, Installed.PrimaryConnection with { ConnectionId = Guid.NewGuid(), Name = "somebody else's" }));

    [Theory]
    [InlineData(ConnectionStatus.Inactive, ConnectionStatus.Inactive, "NoActiveRoute")]
    [InlineData(ConnectionStatus.Unknown, ConnectionStatus.Inactive, "NoActiveRoute")]
    [InlineData(ConnectionStatus.Active, ConnectionStatus.Active, "TwoActiveRoutes")]
    public async Task None_and_several_are_told_apart(ConnectionStatus primary, ConnectionStatus backup, string id) => Assert.Equal(id, (await Assert.ThrowsAsync<AcodeException>(
        () => FindAsync(Installed.PrimaryConnection with { Status = primary }, Installed.BackupConnection with { Status = backup }))).Id);

    private static Task<Connection> FindAsync(params Connection[] connections) => RouteMatch.FindActiveAsync(
        new TestInstallation { Environment = Installed.Environment, AirbyteServer = new ToldAirbyte(connections) }, Cancel);
}
