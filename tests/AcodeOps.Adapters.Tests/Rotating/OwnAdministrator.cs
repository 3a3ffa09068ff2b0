using System.Text.Json.Nodes;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Adapters.Tests.Rotating;

/// <summary>Somebody who is said to be an administrator, and may do nothing.</summary>
internal sealed class OwnAdministrator(RotatingSite site, string name) : IAsyncDisposable
{
    public CredentialReference Reference { get; } = new(CredentialHolder.SecretsManager, $"acode/rotating/{name}");

    public static async Task<OwnAdministrator> MakeAsync(RotatingSite site)
    {
        DatabaseLogin login = DatabaseLogin.WithNewPassword($"{site.User}_adm");
        await site.Server.ExecuteAsync($"SET SESSION sql_log_bin=0; CREATE USER '{login.User}'@'127.0.0.1' IDENTIFIED BY '{login.Password}'", TestContext.Current.CancellationToken);
        await site.Lab.Cloud.PutSecretAsync($"acode/rotating/{login.User}", new JsonObject { ["username"] = login.User, ["password"] = login.Password }, TestContext.Current.CancellationToken);
        return new OwnAdministrator(site, login.User);
    }

    public async ValueTask DisposeAsync() => await site.Server.ExecuteAsync($"SET SESSION sql_log_bin=0; DROP USER '{name}'@'127.0.0.1'", TestContext.Current.CancellationToken);
}
