using System.Globalization;
using System.Management.Automation;
using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Sinks;
using AcodeOps.Lab.Sinks.Otlp;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Metrics;

/// <summary>The metrics of a living lab, and where they go.</summary>
[Collection(SharedSites.Collection)]
public sealed class MetricCmdletTests(SharedSites sites)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task A_healthy_site_knows_its_figures_and_sends_them_to_every_sink(DatabaseFlavor flavor)
    {
        LabSite site = await sites.HealthyAsync(flavor);
        using LabSession session = new(site);
        PSObject[] metrics = [.. session.Run("$global:metrics = Get-AcodeMetric -TimeoutSeconds 90; $metrics").Clean()];
        Dictionary<string, double?> values = [];
        foreach (PSObject metric in metrics)
        {
            values[$"{metric.Properties["Name"].Value} {string.Join(',', (string[])metric.Properties["Tags"].Value)}".TrimEnd()] = (double?)metric.Properties["Value"].Value;
        }

        string all = string.Join('\n', metrics.Select(metric => $"{metric}"));
        const string Sales = "table:farmarcas_si_analitico_diario";
        Assert.True(values[$"acode.daily_records {Sales},day:closed,role:backup"] > 100, all);
        Assert.True(values[$"acode.daily_transaction_value {Sales},day:closed,role:backup"] > 1_000, all);
        Assert.True(values[$"acode.daily_unique_pharmacies {Sales},day:closed,role:backup"] > 1, all);
        Assert.Equal(1, values.Where(value => value.Key.StartsWith("acode.route_active ", StringComparison.Ordinal)).Sum(value => value.Value));
        Assert.True(values["acode.s3_total_size_bytes bucket:primary"] > 100_000, all);
        Assert.True(values["acode.s3_file_count bucket:primary"] >= 3, all);
        Assert.InRange(values["acode.latest_file_age_seconds bucket:primary"]!.Value, 0, 86_400);
        Assert.True(values["acode.sync_rows route:primary"] > 1_000, all);
        Assert.True(values["acode.secret_age_days secret:secretsmanager:acode/mysql/primary"] < 1, all);
        Assert.Equal(0, values["acode.health_check component:source,target:primary"]);
        Assert.Equal(1, values["acode.metrics_collections"]);

        int before = site.Services.Metrics.Count;
        PSObject[] deliveries = [.. session.Run("$metrics | Send-AcodeMetric").Clean()];
        int known = values.Values.Count(value => value is not null);
        Assert.Equal(["agent", "socket", "node"], deliveries.Select(delivery => $"{delivery.Properties["Sink"].Value}"));
        Assert.All(deliveries, delivery => Assert.Equal((known, 0), ((int)delivery.Properties["Sent"].Value, (int)delivery.Properties["Dropped"].Value)));
        ReceivedMetric[] received = await ReceivedAsync(site, before, 2 * known);
        Assert.All(received, metric => Assert.Null(metric.Fault));
        Assert.All(received, metric => Assert.Contains("env:lab", metric.Tags));
        Assert.All(received, metric => Assert.Contains("team:data", metric.Tags));
        Assert.Contains("acode_metrics_collections_total", await File.ReadAllTextAsync(Path.Combine(site.Folder, "acode.prom"), Cancel), StringComparison.Ordinal);

        Assert.Empty(session.Run("$metrics | Send-AcodeMetric -WhatIf").Clean());

        // What is sent afterwards comes next.
        session.Run("Send-AcodeMetric acode.afterwards 1 -Sink agent, socket").Clean();
        Assert.All(await ReceivedAsync(site, before + (2 * known), 2), metric => Assert.Equal("acode.afterwards", metric.Name));
    }

    [Fact]
    public async Task A_receiver_of_OTLP_gets_them_and_its_packages_are_loaded_only_then()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        await using OtlpServer server = await OtlpServer.StartAsync(Cancel);
        string environment = Path.Combine(site.Folder, "otlp.yaml");
        string text = await File.ReadAllTextAsync(Path.Combine(site.Folder, LabEnvironmentFile.FileName), Cancel);
        await File.WriteAllTextAsync(environment, text.Replace("sinks:\n", $"sinks:\n        over: {{ kind: otlp, endpoint: \"{server.Http}\" }}\n        by: {{ kind: otlp, protocol: grpc, endpoint: \"{server.Grpc}\" }}\n", StringComparison.Ordinal), Cancel);
        const string Loaded = "@([System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -like 'OpenTelemetry*' }).Count";
        (int code, string[] output, string errors) = await HostProcess.RunAsync(
            $"Import-Module '{PackedModule.Manifest}'; Send-AcodeMetric acode.x 1 -Sink node -Environment '{environment}' | Out-Null; {Loaded}; "
            + $"Send-AcodeMetric acode.x 2 -Kind Count -Sink over, by -Environment '{environment}' | ForEach-Object {{ \"$($_.Kind) $($_.Sent)$($_.Error)\" }}; {Loaded} -gt 0");

        Assert.True(code == 0, errors);
        Assert.Equal(["0", "Otlp 1", "Otlp 1", "True"], output);
        Assert.Empty(server.Faults);
        Assert.Equal([("acode.x", 2.0, "lab"), ("acode.x", 2.0, "lab")], server.Points.Select(point => (point.Name, point.Value, point.Attributes["env"])));
    }

    [Fact]
    public async Task Own_metrics_go_the_same_way_and_what_would_mislead_is_refused()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        string name = string.Create(CultureInfo.InvariantCulture, $"acode.own_{Guid.NewGuid():N}");
        int before = site.Services.Metrics.Count;
        session.With("name", name).Run("Send-AcodeMetric $name 2.5 -Kind Count -Tag kind:test -Sink agent").Clean();
        Assert.Equal($"{name}:2.5|c|#kind:test,env:lab,team:data", Assert.Single(await ReceivedAsync(site, before, 1)).Raw);

        Assert.Equal("MetricTagReserved", IdOf(session.Run("Send-AcodeMetric acode.x 1 -Tag host:me")));
        Assert.Equal("MetricTagInvalid", IdOf(session.Run("Send-AcodeMetric acode.x 1 -Tag lonely")));
        Assert.Equal("MetricNameInvalid", IdOf(session.Run("Send-AcodeMetric 'acode x' 1")));
        Assert.Equal("MetricSinkNotDefined", IdOf(session.Run("Send-AcodeMetric acode.x 1 -Sink nowhere")));
        Assert.Equal("MetricNotDefined", IdOf(session.Run("Get-AcodeMetric acode.daily_record")));
        Assert.Empty(session.Run("Get-AcodeMetric acode.nothing_of_this*").Clean());
    }

    private static string IdOf(ScriptResult result) => (result.Failure ?? Assert.Single(result.Errors)).FullyQualifiedErrorId.Split(',')[0];

    private static async Task<ReceivedMetric[]> ReceivedAsync(LabSite site, int before, int count)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        while (site.Services.Metrics.Count < before + count)
        {
            Assert.False(limit.IsCancellationRequested, $"{site.Services.Metrics.Count - before} of {count} metrics were received.");
            await Task.Delay(50, Cancel);
        }

        return [.. site.Services.Metrics.Skip(before).Take(count)];
    }
}
