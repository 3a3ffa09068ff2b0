using System.Diagnostics;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Tuning;

/// <summary>The cmdlets that measure, on a whole lab: what they put out, what they say of what they may not see, and Ctrl-C.</summary>
[Collection(SharedSites.Collection)]
public sealed class PerformanceCmdletTests(SharedSites sites)
{
    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task A_measurement_is_a_report_of_sections_that_says_what_it_does_not_know(DatabaseFlavor flavor)
    {
        using LabSession session = new(await sites.HealthyAsync(flavor));
        ScriptResult seen = session.Run("""
            $report = Measure-AcodePerformance 2
            $report.Sections | ForEach-Object { "$($_.Part) $($_.Target)" }
            $report.Sections[0].Readings[0].Name
            ($report.Sections.Readings | Where-Object { $_.Target -eq 'backup' -and $_.Name -eq 'Queries' }).Value -gt 0
            $report.Sections[2].Statements.Count -gt 0
            $unknown = $report.Sections.Readings | Where-Object { $_.Target -eq 'primary' -and $_.Name -eq 'Statements' }
            "$($unknown.Verdict) $($unknown.ErrorId) $($unknown.Evidence -match "partner's: ask them")"
            $report | Out-String -Width 200
            $report | Format-Table -View AcodeOps.PerformanceReport | Out-String -Width 200
            $report | Format-List -View AcodeOps.PerformanceReport.List | Out-String -Width 200
            $report.Sections | Out-String -Width 200
            $report.Sections.Readings | Out-String -Width 200
            """);
        string[] lines = [.. seen.Clean().Select(o => $"{o}")];
        Assert.Equal(["Machine machine", "Source primary", "Source backup", "Processor busy", "True", "True", "Unknown StatementsNotReadable True"], lines[..7]);
        TestContext.Current.SendDiagnosticMessage(string.Join("\n----\n", lines[7..]));
        Assert.Contains("Threads running", lines[7], StringComparison.Ordinal);
        Assert.Matches(@"Statements +unknown  Primary source .* does not let the account read what its statements cost", lines[7]);
        Assert.Contains("backup: Threads running", lines[9], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Statements_come_of_the_server_that_tells_and_an_error_of_the_one_that_does_not(DatabaseFlavor flavor)
    {
        using LabSession session = new(await sites.HealthyAsync(flavor));
        ScriptResult seen = session.Run("$found = Get-AcodeSlowQuery -Top 3 -ErrorVariable refused -ErrorAction SilentlyContinue; $found.Count; @($found.Source | Sort-Object -Unique) -join ','; $refused[0].FullyQualifiedErrorId; $found | Out-String -Width 200");
        string[] lines = [.. seen.Clean().Select(o => $"{o}")];
        Assert.Equal(["3", "Backup", "StatementsNotReadable,AcodeOps.Commands.GetAcodeSlowQueryCommand"], lines[..3]);
        Assert.Contains("Mean(ms)", lines[3], StringComparison.Ordinal);
        Assert.Equal("StatementsNotReadable", Assert.Single(session.Run("Get-AcodeSlowQuery Primary").Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal("True", $"{session.Run("@(Get-AcodeSlowQuery Backup -DurationSeconds 1 -Top 50 | Where-Object Executions -lt 1).Count -eq 0").Clean()[0]}");
    }

    [Fact]
    public async Task Ctrl_C_ends_a_measurement_within_a_second()
    {
        using LabSession session = new(await sites.HealthyAsync(DatabaseFlavor.MySql));
        foreach (string command in new[] { "Measure-AcodePerformance 3600", "Get-AcodeSlowQuery Backup -DurationSeconds 3600" })
        {
            long stopped = 0;
            using Timer timer = new(_ =>
            {
                stopped = Stopwatch.GetTimestamp();
                session.Stop();
            }, null, TimeSpan.FromSeconds(1.5), Timeout.InfiniteTimeSpan);
            session.Run(command);
            TimeSpan took = Stopwatch.GetElapsedTime(stopped);
            Assert.True(stopped > 0 && took < TimeSpan.FromSeconds(1), $"{command} took {took} to stop.");
        }
    }
}
