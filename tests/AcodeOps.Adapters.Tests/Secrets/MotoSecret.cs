using System.Text.Json.Nodes;
using AcodeOps.Lab.Servers.Cloud;

namespace AcodeOps.Adapters.Tests.Secrets;

/// <summary>A secret that somebody else changes.</summary>
internal sealed class MotoSecret(MotoServer server, string name)
{
    public Task PutAsync(string password) =>
        server.PutSecretAsync(name, new JsonObject { ["username"] = "u", ["password"] = password }, TestContext.Current.CancellationToken);
}
