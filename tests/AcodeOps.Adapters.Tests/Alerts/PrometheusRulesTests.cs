using System.Diagnostics;
using System.Globalization;
using System.Text;
using AcodeOps.Adapters.Metrics;
using AcodeOps.Alerts;
using AcodeOps.Alerts.Outages;
using AcodeOps.Alerts.Queries;
using AcodeOps.Lab.Packages;

namespace AcodeOps.Adapters.Tests.Alerts;

/// <summary>
/// Prometheus' own engine is asked when each rule fires in each outage, on the files that would have been scraped meanwhile, and has to agree with
/// the evaluator. A file stands until the next collection: so they may be apart by as long as that is.
/// </summary>
public sealed class PrometheusRulesTests : IDisposable
{
    private const int ScrapeSeconds = 30;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("acode-rules-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static AcodeEnvironment Environment { get; } = new()
    {
        Name = "farmarcas",
        Path = "acode.yaml",
        Sources =
        [
            new SourceDefinition { Role = SourceRole.Primary, Credential = new(CredentialHolder.SecretsManager, "acode/mysql/primary") },
            new SourceDefinition { Role = SourceRole.Backup, Credential = new(CredentialHolder.SecretsManager, "acode/mysql/backup") },
        ],
        Storages = [new StorageDefinition { Role = StorageRole.Primary, Bucket = "lake" }, new StorageDefinition { Role = StorageRole.Audit, Bucket = "audit" }],
        Routes =
        [
            new RouteDefinition { Name = "primary", Source = SourceRole.Primary, Storage = StorageRole.Primary, Connection = "main" },
            new RouteDefinition { Name = "backup_mysql", Source = SourceRole.Backup, Storage = StorageRole.Primary, Connection = "standby" },
        ],
        Tables = [new TableDefinition { Name = "sales", EventDate = "Data", ProcessedAt = "Data_Processamento" }],
        Airbyte = new AirbyteDefinition { Url = new Uri("http://airbyte.invalid:8001") },
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Promtool_finds_nothing_to_say_about_the_rules()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "rules.yaml"), PrometheusRules.Of(AlertCatalog.For(Environment)), Cancel);
        (int exit, string told) = await PromtoolAsync("check", "rules", "rules.yaml");
        Assert.True(exit == 0, told);
        Assert.Contains($"{AlertCatalog.For(Environment).Count} rules found", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_rule_fires_and_recovers_in_each_outage_as_the_evaluator_says()
    {
        IReadOnlyList<AlertRule> rules = AlertCatalog.For(Environment);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "rules.yaml"), PrometheusRules.Of(rules), Cancel);
        List<string> files = [];
        int firing = 0, silent = 0;
        foreach (OutageScript script in OutageCatalog.For(Environment).Select(outage => OutageScript.Of(outage, Environment)))
        {
            AlertRecording recording = AlertRecording.Of(script.Metrics, Environment);
            StringBuilder test = new(string.Create(CultureInfo.InvariantCulture, $"rule_files: [rules.yaml]\nevaluation_interval: 1m\ntests:\n- interval: {ScrapeSeconds}s\n  input_series:\n"));
            foreach ((string series, string values) in Scraped(script))
            {
                test.Append(CultureInfo.InvariantCulture, $"  - series: '{series}'\n    values: '{values}'\n");
            }

            test.Append("  promql_expr_test:\n");
            foreach (AlertRule rule in rules)
            {
                foreach ((long minute, bool isFiring) in Certain(AlertReplay.Of(rule.Condition, recording), rule))
                {
                    (firing, silent) = isFiring ? (firing + 1, silent) : (firing, silent + 1);
                    test.Append(CultureInfo.InvariantCulture, $"  - expr: (count(ALERTS{{alertname=\"{PrometheusRules.NameOf(rule)}\",alertstate=\"firing\"}}) > bool 0) or vector(0)\n    eval_time: {minute}m\n    exp_samples: [{{labels: '{{}}', value: {(isFiring ? 1 : 0)}}}]\n");
                }
            }

            files.Add($"{script.Outage.Id}.yaml");
            await File.WriteAllTextAsync(Path.Combine(_folder.FullName, files[^1]), test.ToString(), Cancel);
        }

        (int exit, string told) = await PromtoolAsync(["test", "rules", .. files]);
        TestContext.Current.TestOutputHelper?.WriteLine($"{firing} moments of firing and {silent} of silence agree.");
        Assert.True(exit == 0, told.Length > 6_000 ? told[..6_000] : told);
        Assert.True(firing > 300 && silent > 3_000, $"{firing} {silent}");
    }

    /// <summary>The moments, every third minute, at which nothing has changed for longer than a collection: there both have to say the same.</summary>
    private static IEnumerable<(long Minute, bool IsFiring)> Certain(AlertReplay replay, AlertRule rule)
    {
        int around = Environment.Metrics.EveryMinutes + 1;
        for (int i = rule.WindowMinutes + around; i < replay.States.Count - 1; i += 3)
        {
            bool[] near = [.. replay.States.Skip(i - around).Take(around + 2).Select(state => state == AlertState.Firing).Distinct()];
            if (near.Length == 1)
            {
                yield return (replay.BeginMinute + i, near[0]);
            }
        }
    }

    /// <summary>The file for Prometheus as it is scraped: each collection replaces it, and it stays until the next.</summary>
    private static IEnumerable<(string Series, string Values)> Scraped(OutageScript script)
    {
        int scrapes = (int)((script.Metrics[^1].MeasuredAt - DateTimeOffset.UnixEpoch).TotalSeconds / ScrapeSeconds) + 2;
        Dictionary<string, string?[]> series = [];
        IReadOnlyDictionary<string, double> counters = new Dictionary<string, double>();
        IGrouping<DateTimeOffset, Metric>[] collections = [.. script.Metrics.GroupBy(metric => metric.MeasuredAt)];
        for (int i = 0; i < collections.Length; i++)
        {
            Metric[] known = [.. collections[i].Where(metric => metric.Value is not null).Select(metric => metric with { Tags = [.. metric.Tags, "env:farmarcas"] })];
            string text = PrometheusText.Of(known, counters);
            counters = PrometheusText.Counters(text);
            int from = Scrape(collections[i].Key), to = i + 1 < collections.Length ? Scrape(collections[i + 1].Key) : scrapes;
            foreach (string line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
            {
                int blank = line.LastIndexOf(' ');
                if (!series.TryGetValue(line[..blank], out string?[]? values))
                {
                    series[line[..blank]] = values = new string?[scrapes];
                }

                Array.Fill(values, line[(blank + 1)..], from, to - from);
            }
        }

        // What is no longer in the file is marked as gone by the scrape that misses it.
        return series.Select(one => (one.Key, string.Join(' ', one.Value.Select((value, i) => value ?? (i > 0 && one.Value[i - 1] is not null ? "stale" : "_")))));

        static int Scrape(DateTimeOffset at) => (int)Math.Ceiling((at - DateTimeOffset.UnixEpoch).TotalSeconds / ScrapeSeconds);
    }

    private async Task<(int Exit, string Told)> PromtoolAsync(params string[] arguments)
    {
        PackageTree prometheus = PackageTrees.Prometheus;
        await new PackageInstaller(_ => { }).InstallAsync(prometheus, Cancel);
        IReadOnlyList<string> command = prometheus.Command("usr/bin/promtool", arguments);
        ProcessStartInfo start = new(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullName };
        using Process promtool = Process.Start(start)!;
        Task<string> output = promtool.StandardOutput.ReadToEndAsync(Cancel), errors = promtool.StandardError.ReadToEndAsync(Cancel);
        await promtool.WaitForExitAsync(Cancel);
        return (promtool.ExitCode, await output + await errors);
    }
}
