using System.Text.Json.Nodes;
using AcodeOps.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Module.Tests.Failover;

/// <summary>A pair of connections whose sources read the binary log, and an environment for them; disposing deletes all of it.</summary>
internal sealed class LogPair : IAsyncDisposable
{
    private const string Api = "/api/public/v1/";
    private readonly List<string> _made = [];
    private readonly AirbyteClient _airbyte;
    private readonly string _file;

    private LogPair(AirbyteClient airbyte, string file) => (_airbyte, _file) = (airbyte, file);

    /// <summary>The environment: <c>path#name</c>.</summary>
    public string Environment => $"{_file}#{IncrementalPair.Environment}";

    public static async Task<LogPair> CreateAsync(LabSite site, CancellationToken cancel)
    {
        LogPair pair = new(
            await AirbyteClient.OpenAsync(new Uri(site.Airbyte.Endpoint), site.Airbyte.Folder, cancel), Path.Combine(site.Folder, $"log-{Guid.NewGuid():N}.yaml"));
        try
        {
            string text = await File.ReadAllTextAsync(Path.Combine(site.Folder, LabEnvironmentFile.FileName), cancel);
            foreach ((string connection, DatabaseServer source, string status) in new[]
            {
                (AirbyteProvisioning.IncrementalBackupConnection, site.Databases.Replica, "inactive"),
                (AirbyteProvisioning.IncrementalConnection, site.Databases.Primary, "active"),
            })
            {
                await pair.CreateAsync(connection, source, status, cancel);
                text = text.Replace($"connection: {connection} }}", $"connection: {connection}_log }}", StringComparison.Ordinal);
            }

            await File.WriteAllTextAsync(pair._file, text, cancel);
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string made in Enumerable.Reverse(_made))
        {
            await _airbyte.SendAsync(HttpMethod.Delete, Api + made, null, CancellationToken.None);
        }

        _airbyte.Dispose();
        File.Delete(_file);
    }

    private async Task CreateAsync(string like, DatabaseServer server, string status, CancellationToken cancel)
    {
        JsonNode connections = await _airbyte.SendAsync(HttpMethod.Get, Api + "connections?limit=100", null, cancel);
        JsonNode model = connections["data"]!.AsArray().Single(c => (string?)c!["name"] == like)!;
        string source = await CreateAsync("sources", "sourceId", new JsonObject
        {
            ["name"] = like + "_log",
            ["workspaceId"] = (string)model["workspaceId"]!,
            ["configuration"] = new JsonObject
            {
                ["sourceType"] = "mysql",
                ["host"] = "127.0.0.1",
                ["port"] = server.Port,
                ["database"] = server.Database,
                ["username"] = server.Reader.User,
                ["password"] = server.Reader.Password,
                ["ssl_mode"] = new JsonObject { ["mode"] = "preferred" },
                ["replication_method"] = new JsonObject { ["method"] = "CDC" },
                ["tunnel_method"] = new JsonObject { ["tunnel_method"] = "NO_TUNNEL" },
            },
        }, cancel);
        await CreateAsync("connections", "connectionId", new JsonObject
        {
            ["name"] = like + "_log",
            ["sourceId"] = source,
            ["destinationId"] = (string)model["destinationId"]!,
            ["status"] = status,
            ["schedule"] = new JsonObject { ["scheduleType"] = "manual" },
            ["namespaceDefinition"] = "source",
            ["prefix"] = "log_",
            ["configurations"] = new JsonObject
            {
                ["streams"] = new JsonArray(new JsonObject
                {
                    ["name"] = SalesTables.Daily,
                    ["syncMode"] = "incremental_append",
                    ["cursorField"] = new JsonArray("Data_Processamento"),
                    ["primaryKey"] = new JsonArray(new JsonArray("idpk")),
                }),
            },
        }, cancel);
    }

    private async Task<string> CreateAsync(string kind, string id, JsonObject body, CancellationToken cancel)
    {
        string made = (string)(await _airbyte.SendAsync(HttpMethod.Post, Api + kind, body, cancel))[id]!;
        _made.Add($"{kind}/{made}");
        return made;
    }
}
