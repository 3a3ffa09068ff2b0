using System.Management.Automation;
using System.Text;
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

    [Fact]
    public async Task Rules_are_published_as_monitors_edits_are_told_and_documents_are_written()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        session.With("folder", _folder.FullName).Run("Set-Location $folder").Clean();
        int rules = session.Run("Get-AcodeAlertRule").Clean().Count;
        session.Run("Publish-AcodeAlertRule -Prune -Confirm:$false").Clean();

        PSObject[] again = [.. session.Run("Publish-AcodeAlertRule -Confirm:$false").Clean()];
        Assert.Equal(rules, again.Length);
        Assert.All(again, change => Assert.Equal("None", $"{change.Properties["Action"].Value}"));

        await EditAsync(site, (long)Find(again, "primary-down").Properties["MonitorId"].Value, """{ "message": "call somebody else" }""");
        ScriptResult shown = session.Run("Publish-AcodeAlertRule -WhatIf");
        PSObject edited = Assert.Single(shown.Clean(), change => $"{change.Properties["Action"].Value}" != "None");
        Assert.Equal(("primary-down", "Update", true, false), ($"{edited.Properties["Rule"].Value}", $"{edited.Properties["Action"].Value}", (bool)edited.Properties["EditedAtDatadog"].Value, (bool)edited.Properties["Applied"].Value));
        Assert.Contains("Update monitor '[lab] The primary source is down': message (changed at Datadog since it was written)", shown.HostText, StringComparison.Ordinal);
        PSObject mended = Assert.Single(session.Run("Get-AcodeAlertRule primary-* | Publish-AcodeAlertRule -Confirm:$false").Clean());
        Assert.Equal(("message", true), (Told(mended, "Differences"), (bool)mended.Properties["Applied"].Value));
        Assert.Single(session.Run("Get-AcodeAudit -EventType ConfigurationChanged | Where-Object Subject -like \"monitors of 'lab'*\" | Select-Object -First 1").Clean());

        foreach (string format in (string[])["Datadog", "Terraform", "Prometheus"])
        {
            session.Run($"$first = Get-Content (Export-AcodeAlertRule ./ -Format {format}) -Raw; if ($first -ne (Get-Content (Get-AcodeAlertRule | Export-AcodeAlertRule ./ -Format {format} -Force) -Raw)) {{ throw 'another' }}").Clean();
        }

        Assert.Equal("ReportExists", IdOf(session.Run("Export-AcodeAlertRule")));
    }

    private static async Task EditAsync(LabSite site, long monitor, string change)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Put, $"{site.Coordinates.DatadogEndpoint}/api/v1/monitor/{monitor}") { Content = new StringContent(change, Encoding.UTF8, "application/json") };
        request.Headers.Add("DD-API-KEY", site.Coordinates.Datadog.Api);
        request.Headers.Add("DD-APPLICATION-KEY", site.Coordinates.Datadog.Application);
        using HttpResponseMessage answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    private static string IdOf(ScriptResult result) => (result.Failure ?? Assert.Single(result.Errors)).FullyQualifiedErrorId.Split(',')[0];

    private static PSObject Find(PSObject[] evaluations, string rule) => evaluations.Single(evaluation => $"{evaluation.Properties["Rule"].Value}" == rule);

    private static string Told(PSObject evaluation, string property) => string.Join('|', ((System.Collections.IEnumerable)evaluation.Properties[property].Value).Cast<object>());
}
