using System.Text.Json.Nodes;
using AcodeOps.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Module.Tests.EndToEnd;

namespace AcodeOps.Module.Tests.Failover;

/// <summary>The pair that syncs by cursor, its primary route at work; disposing switches both off, as the lab has them.</summary>
internal sealed class IncrementalPair(LabSite site) : IAsyncDisposable
{
    /// <summary>The environment.</summary>
    public const string Environment = "incremental";

    /// <summary>Its second route.</summary>
    public const string Standby = "backup_mysql+backup_s3";

    public static async Task<IncrementalPair> ActivateAsync(LabSite site)
    {
        IncrementalPair pair = new(site);
        try
        {
            using LabSession session = new(site, Environment);
            session.Run("""
                Get-AcodeRunbook -Unfinished | Undo-AcodeRunbook -Confirm:$false
                if (-not (Get-AcodeRoute -Active)) { Invoke-AcodeFailover primary -StatePolicy Fresh -Confirm:$false }
                """).Clean();
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
        using AirbyteClient airbyte = await AirbyteClient.OpenAsync(new Uri(site.Airbyte.Endpoint), site.Airbyte.Folder, CancellationToken.None);
        JsonNode all = await airbyte.SendAsync(HttpMethod.Get, "/api/public/v1/connections?limit=100", null, CancellationToken.None);
        foreach (JsonNode connection in all["data"]!.AsArray().Select(c => c!).Where(c => (string?)c["name"] is AirbyteProvisioning.IncrementalConnection or AirbyteProvisioning.IncrementalBackupConnection))
        {
            await airbyte.SendAsync(HttpMethod.Patch, $"/api/public/v1/connections/{connection["connectionId"]}", new JsonObject { ["status"] = "inactive" }, CancellationToken.None);
        }
    }
}
