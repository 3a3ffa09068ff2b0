using System.Management.Automation;
using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Alerts;

/// <summary>Alert rules of a living lab: now, over a recording, in outages, and the operations guide's own monitors.</summary>
[Collection(SharedSites.Collection)]
public sealed class AlertRuleCmdletTests(SharedSites sites) : IDisposable
{
    private const string Guide = """
        alerts:
          - name: "ACODE MySQL Primary Down"
            query: "avg(last_5m):avg:acode.mysql_primary_health_checks{status:failure} > 2"
            options:
              thresholds:
                critical: 2
                warning: 1
          - name: "ACODE Sync Duration High"
            query: "avg(last_1h):avg:acode.sync_duration_minutes > 180"
            options:
              thresholds:
                warning: 180
                critical: 240
        """;

    private const string Monitor = """{ "name": "down", "type": "query alert", "query": "sum(last_20m):sum:acode.mysql_primary_health_checks{env:lab,status:failure}.as_count() >= 3", "options": { "thresholds": { "critical": 3 } } }""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("acode-alerts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_healthy_site_fires_nothing_and_a_recording_of_it_neither()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        session.With("folder", _folder.FullName).Run("Set-Location $folder").Clean();
        PSObject[] rules = [.. session.Run("Get-AcodeAlertRule").Clean()];
        Assert.True(rules.Length >= 15, $"{rules.Length}");
        Assert.Equal("AlertRuleNotDefined", Assert.Single(session.Run("Get-AcodeAlertRule primary-dwn").Errors).FullyQualifiedErrorId.Split(',')[0]);

        PSObject[] now = [.. session.Run("$global:metrics = Get-AcodeMetric -TimeoutSeconds 90; $metrics | Test-AcodeAlertRule").Clean()];
        Assert.Equal(rules.Length, now.Length);
        Assert.DoesNotContain(now, evaluation => $"{evaluation.Properties["State"].Value}" == "Firing" && $"{evaluation.Properties["Rule"].Value}" is not ("drill-overdue" or "failover-executed"));
        Assert.Equal("Ok", $"{Find(now, "primary-down").Properties["State"].Value}");

        // What was not piped in is not known.
        PSObject[] some = [.. session.Run("$metrics | Where-Object Name -like acode.route_* | Test-AcodeAlertRule *-writer*, primary-down").Clean()];
        Assert.Equal(["Ok", "Ok", "Unknown"], some.Select(evaluation => $"{evaluation.Properties["State"].Value}").Order(StringComparer.Ordinal));

        session.Run("$metrics | ForEach-Object { ConvertTo-Json $_ -Compress } | Set-Content recorded.jsonl; ConvertTo-Json @($metrics) -Compress | Add-Content recorded.jsonl").Clean();
        PSObject[] replayed = [.. session.Run("Test-AcodeAlertRule two-writers, audit-backlog -Recording recorded.jsonl").Clean()];
        Assert.All(replayed, evaluation => Assert.Equal("Ok", $"{evaluation.Properties["State"].Value}"));
        Assert.Equal("RecordingInvalid", IdOf(session.Run("'not json' | Set-Content broken.jsonl; Test-AcodeAlertRule -Recording broken.jsonl")));
        Assert.Equal("RecordingNotFound", IdOf(session.Run("Test-AcodeAlertRule -Recording absent.jsonl")));
    }

    [Fact]
    public async Task Rules_are_tried_in_outages_and_the_guides_primary_down_never_fires()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        session.With("folder", _folder.FullName).Run("Set-Location $folder").Clean();
        PSObject[] tried = [.. session.Run("Test-AcodeAlertRule primary-down -Outage primary-*").Clean()];
        Assert.Equal("primary-dies: after 10 min, until 5 min after its end|primary-refuses-password: silent", Told(tried.Single(), "Outages"));
        Assert.Equal("AlertOutageNotDefined", Assert.Single(session.Run("Test-AcodeAlertRule primary-down -Outage primary-die").Errors).FullyQualifiedErrorId.Split(',')[0]);

        PSObject[] guide = [.. session.With("guide", Guide).Run("$guide | Set-Content guide.yaml; Test-AcodeAlertRule -Path guide.yaml").Clean()];
        Assert.Contains("AlertNeverFires", Told(guide[0], "Findings"), StringComparison.Ordinal);
        Assert.Contains("AlertThresholdDiffers", Told(guide[1], "Findings"), StringComparison.Ordinal);
        PSObject monitor = Assert.Single(session.With("monitor", Monitor).Run("$monitor | Set-Content monitor.json; Test-AcodeAlertRule -Path monitor.json -Outage primary-dies").Clean());
        Assert.Equal("", Told(monitor, "Findings"));
        Assert.Equal("AlertFileInvalid", IdOf(session.Run("'a: b' | Set-Content none.yaml; Test-AcodeAlertRule -Path none.yaml")));
    }

    private static string IdOf(ScriptResult result) => (result.Failure ?? Assert.Single(result.Errors)).FullyQualifiedErrorId.Split(',')[0];

    private static PSObject Find(PSObject[] evaluations, string rule) => evaluations.Single(evaluation => $"{evaluation.Properties["Rule"].Value}" == rule);

    private static string Told(PSObject evaluation, string property) => string.Join('|', ((System.Collections.IEnumerable)evaluation.Properties[property].Value).Cast<object>());
}
