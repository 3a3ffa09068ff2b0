using System.Globalization;
using System.Management.Automation;
using AcodeOps.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;

namespace AcodeOps.Module.Tests.EndToEnd;

/// <summary>Commands of the packed module one after the other in pipelines, and the lab's facts in what they give.</summary>
[Collection(SharedSites.OtherCollection)]
public sealed class PipelineTests(SharedSites sites)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_not_healthy_is_put_on_record_and_found_there()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        await LabFaults.ApplyAsync(site, "stop-applier", [], Cancel);
        try
        {
            using LabSession session = new(site);
            IReadOnlyList<PSObject> written = session.Run("""
                $reason = "rehearsal $([guid]::NewGuid())"
                Test-AcodeHealth -TimeoutSeconds 30 | Where-Object Verdict -ne Healthy | Write-AcodeAudit -Reason $reason
                """).Clean();
            Assert.Contains(written, r => (string)r.Properties["Subject"].Value == "Replication backup");
            Assert.All(written, r => Assert.True((bool)r.Properties["Stored"].Value));
            IReadOnlyList<PSObject> read = session.Run("Get-AcodeAudit -EventType IncidentDetected | Where-Object Reason -eq $reason").Clean();
            Assert.Equal(Facts(written), Facts(read));
            Assert.All(read, r => Assert.Equal("AcodeOps.AuditRecord", r.BaseObject.GetType().FullName));
        }
        finally
        {
            await LabFaults.ClearAsync(site, null, CancellationToken.None);
        }

        static IEnumerable<string> Facts(IEnumerable<PSObject> records) =>
            records.Select(r => $"{r.Properties["Id"].Value} {r.Properties["Subject"].Value} {r.Properties["Outcome"].Value}").Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Routes_connections_syncs_and_replication_tell_the_facts_of_the_lab(DatabaseFlavor flavor)
    {
        LabSite site = await sites.HealthyAsync(flavor);
        using LabSession session = new(site);
        string counts = string.Join(" + ", SalesTables.All.Select(table => $"(SELECT COUNT(*) FROM {DatabaseAccounts.PrimaryDatabase}.{table})"));
        long rows = Convert.ToInt64(await site.Databases.Primary.ScalarAsync("SELECT " + counts, Cancel), CultureInfo.InvariantCulture);

        IReadOnlyList<PSObject> routes = Typed(session, "Get-AcodeRoute", "AcodeOps.Route");
        Assert.Equal(4, routes.Count);
        PSObject active = Assert.Single(Typed(session, "Get-AcodeRoute -Active", "AcodeOps.Route"));
        Assert.Equal(AirbyteProvisioning.PrimaryConnection, active.Properties["ConnectionName"].Value);
        Assert.StartsWith($"s3://{StorageBuckets.Primary}/", (string)active.Properties["Location"].Value, StringComparison.Ordinal);

        PSObject sync = Assert.Single(Typed(session, "Get-AcodeRoute -Active | Get-AcodeSync -Newest 1", "AcodeOps.Sync"));
        Assert.Equal(("Succeeded", rows), ($"{sync.Properties["Status"].Value}", (long)sync.Properties["RowsSynced"].Value));

        PSObject connection = Assert.Single(Typed(session, "Get-AcodeRoute -Active | Get-AcodeConnection", "AcodeOps.Connection"));
        Assert.Equal((AirbyteProvisioning.PrimaryConnection, "Active"), ((string)connection.Properties["Name"].Value, $"{connection.Properties["Status"].Value}"));
        Assert.Contains(
            AirbyteProvisioning.IncrementalConnection, Typed(session, "Get-AcodeConnection", "AcodeOps.Connection").Select(c => (string)c.Properties["Name"].Value));

        PSObject channel = Assert.Single(Typed(session, "Get-AcodeReplication", "AcodeOps.ReplicationStatus"));
        Assert.Equal($"127.0.0.1:{site.Databases.Primary.Port}", channel.Properties["ReplicatesFrom"].Value);
        Assert.Equal(("Running", "Running"), ($"{channel.Properties["Receiver"].Value}", $"{channel.Properties["Applier"].Value}"));
        Assert.Equal(true, channel.Properties["UsesGtid"].Value);
        // The partner's account may not look at replication: that is an error, and not "replicates from nobody".
        Assert.StartsWith(
            "SourceAccessDenied,", $"{Assert.Single(session.Run("try { Get-AcodeReplication Primary } catch { $_.FullyQualifiedErrorId }").Clean())}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_routes_as_installed_lose_a_stream_on_the_way_and_the_check_names_it()
    {
        using LabSession session = new(await sites.HealthyAsync(DatabaseFlavor.MySql), "installed");
        SeenCheck parity = Assert.Single(session.Checks("-Component Parity -TimeoutSeconds 30"));
        Assert.Equal(("Degraded", "StreamMissing"), (parity.Verdict, parity.ErrorId));
        Assert.Contains(SalesTables.Invoices, parity.Summary, StringComparison.Ordinal);
        Assert.False(session.Quiet("-Component Parity"));
    }

    private static IReadOnlyList<PSObject> Typed(LabSession session, string script, string type)
    {
        IReadOnlyList<PSObject> output = session.Run(script).Clean();
        Assert.All(output, o => Assert.Equal(type, o.BaseObject.GetType().FullName));
        return output;
    }
}
