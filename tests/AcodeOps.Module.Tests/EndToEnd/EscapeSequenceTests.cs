using System.Text.Json.Nodes;
using AcodeOps.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Module.Tests.Hosting;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Module.Tests.EndToEnd;

/// <summary>Names that servers hold may try to steer the terminal that shows them: none of it reaches the terminal.</summary>
[Collection(SharedSites.OtherCollection)]
public sealed class EscapeSequenceTests(SharedSites sites)
{
    // Sets the title of a terminal; answers are read from there again.
    private const string Steering = "\u001b]0;pwned\u0007";

    private static readonly string[] Commands =
    [
        "Get-AcodeConnection", "Get-AcodeSync", "Get-AcodeRoute", "Get-AcodeAudit", "Test-AcodeAudit", "(Test-AcodeAudit).Faults", "Test-AcodeHealth -TimeoutSeconds 30", "Get-AcodeRunbook",
        "Import-AcodeConfiguration $folder -Force", "Compare-AcodeConfiguration $folder -IncludeUnmanaged", "Move-AcodeData no-such-folder/ -WhatIf", $"Move-AcodeData {SalesTables.Daily}/ -WhatIf",
        "Get-AcodeRecoveryPlan", $"Get-AcodeRecoveryPlan -CorruptedPrefix {SalesTables.Daily}/", "Start-AcodeSync no-such -WhatIf", "Get-AcodeRoute | Get-AcodeSync -Newest 2",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_name_of_a_server_reaches_the_terminal_as_a_command()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using AirbyteClient airbyte = await AirbyteClient.OpenAsync(new Uri(site.Airbyte.Endpoint), site.Airbyte.Folder, Cancel);
        string connection = await AddConnectionAsync(airbyte);
        using AmazonS3Client s3 = site.OpenStorageAsAdministrator();
        (string Bucket, string Key)[] objects = [(StorageBuckets.Primary, $"origin=airbyte/database=bronze_acode/{SalesTables.Daily}/cog_dt_ingestion=2020-01-01/{Steering}.parquet"), (StorageBuckets.Audit, AuditKeyOf())];
        try
        {
            foreach ((string bucket, string key) in objects)
            {
                await s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = Record() }, Cancel);
            }

            using LabSession session = new(site);
            session.With("folder", Path.Combine(site.Folder, $"escape-{Guid.NewGuid():N}"));
            foreach (string command in Commands)
            {
                ScriptResult result = session.Run($"try {{ {command} *>&1 | Out-String -Width 400 }} catch {{ \"$_\" }}");
                string shown = string.Join('\n', [.. result.Output.Select(line => $"{line}"), .. result.Warnings, .. result.Errors.Select(e => e.ToString()), result.HostText]);
                Assert.False(shown.Contains(Steering, StringComparison.Ordinal) || shown.Contains('\u0007'), $"{command}: {shown.Replace('\u001b', '^')}");
            }
        }
        finally
        {
            await airbyte.SendAsync(HttpMethod.Delete, $"/api/public/v1/connections/{connection}", null, CancellationToken.None);
            foreach ((string bucket, string key) in objects)
            {
                await s3.DeleteObjectAsync(bucket, key, CancellationToken.None);
            }
        }
    }

    private static async Task<string> AddConnectionAsync(AirbyteClient airbyte)
    {
        JsonNode model = (await airbyte.SendAsync(HttpMethod.Get, "/api/public/v1/connections?limit=100&offset=0", null, Cancel))["data"]![0]!;
        JsonNode made = await airbyte.SendAsync(HttpMethod.Post, "/api/public/v1/connections", new JsonObject
        {
            ["name"] = $"odd {Steering}",
            ["sourceId"] = model["sourceId"]!.DeepClone(),
            ["destinationId"] = model["destinationId"]!.DeepClone(),
            ["status"] = "inactive",
            ["configurations"] = new JsonObject { ["streams"] = new JsonArray(new JsonObject { ["name"] = SalesTables.Daily, ["syncMode"] = "full_refresh_append" }) },
        }, Cancel);
        return (string)made["connectionId"]!;
    }

    private static string AuditKeyOf() => $"acode_audit/{DateTime.UtcNow:yyyy/MM/dd}/data_access_{DateTime.UtcNow:HHmmss}.json";

    // As the guide's script writes them, with what it was given.
    private static string Record() => new JsonObject
    {
        ["timestamp"] = $"{DateTime.UtcNow:yyyy-MM-dd'T'HH:mm:ss}",
        ["event_type"] = "data_access",
        ["user_id"] = $"john{Steering}",
        ["subject"] = $"table {Steering}",
        ["reason"] = Steering,
        ["outcome"] = Steering,
        ["details"] = new JsonObject { [Steering] = Steering },
    }.ToJsonString();
}
