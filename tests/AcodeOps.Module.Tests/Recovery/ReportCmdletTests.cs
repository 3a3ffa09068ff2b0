using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Recovery;

/// <summary>Reports of runs whose journals only this machine has.</summary>
public sealed class ReportCmdletTests : IDisposable
{
    private readonly LonelyEnvironment _environment = new();
    private readonly string _reports;
    private readonly string _runId = LonelyEnvironment.RunIdOf(hoursAgo: 2);
    private readonly string _other = LonelyEnvironment.RunIdOf(hoursAgo: 3);
    private readonly ModuleSession _session = new();

    public ReportCmdletTests()
    {
        _reports = Directory.CreateDirectory(Path.Combine(_environment.Folder, "reports")).FullName;
        string plan = """{"environment":"test","plannedAt":"2026-11-24T11:59:50+00:00","expiresAt":"2026-11-24T12:09:50+00:00","assessment":{"assessedAt":"2026-11-24T11:59:49+00:00","parts":[{"part":"PrimarySource","verdict":"Failed","summary":"It refuses <b>connections</b>.","failedSince":"2026-11-24T11:59:40+00:00"}]},"decision":{"strategy":"full_dr","reason":"No source can be used."}}""";
        _environment.WriteJournal(_runId, [
            Begun("full_dr", "Full disaster recovery", plan, "find_emergency_copy"),
            """{"sequence":2,"at":"2026-11-24T12:00:01+00:00","kind":"step_started","step":"find_emergency_copy","evidence":[]}""",
            """{"sequence":3,"at":"2026-11-24T12:00:03.5+00:00","kind":"step_completed","step":"find_emergency_copy","evidence":["none found"]}""",
            """{"sequence":4,"at":"2026-11-24T12:00:04+00:00","kind":"run_escalated","evidence":[],"error":{"id":"FullDisasterRecovery","cause":"unreachable","message":"No route can write."}}""",
        ]);
        _environment.WriteJournal(_other, [Begun("brewing", "Brew coffee", "{}", "grind")]);
        _session.With("file", _environment.File).With("run", _runId).With("other", _other).With("reports", _reports)
            .Run("$PSDefaultParameterValues['*-Acode*:Environment'] = $file; Set-Location -LiteralPath $reports").Clean();
    }

    public void Dispose()
    {
        _session.Dispose();
        _environment.Dispose();
    }

    [Theory]
    [InlineData("Export-AcodeReport $run", "html", "<!DOCTYPE html>")]
    [InlineData("$run | Export-AcodeReport -Path .", "html", "<!DOCTYPE html>")]
    [InlineData("Get-AcodeRunbook $run | Export-AcodeReport -Path $reports -Format Markdown", "md", "# Data does not flow")]
    [InlineData("$one = Get-AcodeRunbook $run; Export-AcodeReport $one -Format Json", "json", "{")]
    [InlineData("[pscustomobject] @{ RunId = $run } | Export-AcodeReport", "html", "<!DOCTYPE html>")]
    public void A_report_is_written_to_a_file_of_its_runs_name(string command, string extension, string begin)
    {
        FileInfo file = Assert.IsType<FileInfo>(_session.Run(command).Only.BaseObject);

        Assert.Equal(Path.Combine(_reports, $"acode-recovery-{_runId}.{extension}"), file.FullName);
        string text = File.ReadAllText(file.FullName);
        Assert.StartsWith(begin, text, StringComparison.Ordinal);
        Assert.Contains("Data does not flow: people are needed", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", text, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_reports));
    }

    [Fact]
    public void A_file_that_is_there_stays_without_Force()
    {
        string path = Path.Combine(_reports, "mine.html");
        File.WriteAllText(path, "precious");

        Assert.StartsWith("ReportExists", Assert.Single(_session.Run("Export-AcodeReport $run -Path mine.html").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(path));

        Assert.Equal(path, Assert.IsType<FileInfo>(_session.Run("Export-AcodeReport $run -Path mine.html -Force").Only.BaseObject).FullName);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(path), StringComparison.Ordinal);

        // Even so, of two runs the one does not replace the other's report.
        ScriptResult twice = _session.Run("$run, $run | Export-AcodeReport -Path mine.html -Force");
        Assert.Single(twice.Output);
        Assert.StartsWith("ReportExists", Assert.Single(twice.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_reports));
    }

    [Fact]
    public void Under_WhatIf_nothing_is_written()
    {
        ScriptResult asked = _session.Run("Export-AcodeReport $run -WhatIf");

        Assert.Empty(asked.Clean());
        Assert.Contains("Write the report of the run", asked.HostText, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_reports));
    }

    [Fact]
    public void What_has_no_report_is_an_error_and_the_others_are_written()
    {
        ScriptResult result = _session.Run("Export-AcodeReport nonsense, $other, $run; Get-AcodeRunbook $other | Export-AcodeReport; Export-AcodeReport $run -Path none/x.html");

        Assert.Equal(
            ["RunNotFound", "ReportNotPossible", "ReportNotPossible", "ReportUnwritable"],
            result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.IsType<FileInfo>(result.Only.BaseObject);
        Assert.Single(Directory.GetFiles(_reports));
    }

    [Theory]
    [InlineData("", "acode-health.html", "<!DOCTYPE html>")]
    [InlineData("-Format Markdown", "acode-health.md", "# ")]
    [InlineData("-Format JUnit", "acode-health.xml", "<?xml")]
    [InlineData("-Format Csv", "acode-health.csv", "Component,Target")]
    [InlineData("-Format Sarif -Path x.sarif", "x.sarif", "{")]
    public void Checks_are_written_as_one_report(string options, string name, string begin)
    {
        FileInfo file = Assert.IsType<FileInfo>(_session.Run($"Test-AcodeHealth -TimeoutSeconds 2 | Export-AcodeReport {options}").Only.BaseObject);

        Assert.Equal(Path.Combine(_reports, name), file.FullName);
        string text = File.ReadAllText(file.FullName);
        Assert.StartsWith(begin, text, StringComparison.Ordinal);
        Assert.Contains("Source", text, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_reports));
    }

    [Fact]
    public void Of_checks_that_are_none_there_are_test_results_all_the_same()
    {
        FileInfo file = Assert.IsType<FileInfo>(_session.Run("@() | Export-AcodeReport -Format JUnit").Only.BaseObject);
        Assert.Contains("tests=\"0\"", File.ReadAllText(file.FullName), StringComparison.Ordinal);
        Assert.Empty(_session.Run("@() | Export-AcodeReport").Clean());
        Assert.StartsWith("ReportFormatUnsuitable", $"{_session.Run("try { Get-AcodeRunbook $run | Export-AcodeReport -Format Csv } catch { $_.FullyQualifiedErrorId }").Only}", StringComparison.Ordinal);
    }

    [Fact]
    public void Its_view_says_what_is_not_known()
    {
        string shown = string.Concat(_session.Run("[AcodeOps.RecoveryReport]::Of((Get-AcodeRunbook $run)) | Out-String -Width 200").Clean());

        Assert.Matches(@"Strategy\s+: full_dr", shown);
        Assert.Matches(@"RowsMissing\s+: not known", shown);
        Assert.Contains("Failure first seen", shown, StringComparison.Ordinal);
    }

    private static string Begun(string runbook, string title, string plan, string step) =>
        $$$"""{"sequence":1,"at":"2026-11-24T12:00:00+00:00","kind":"run_started","evidence":[],"start":{"runbook":"{{{runbook}}}","title":"{{{title}}}","environment":"test","plan":{{{plan}}},"steps":[{"name":"{{{step}}}","title":"Look"}]},"worker":{"process":{"host":"ops-9","machine":"m","process_id":7,"started_at":"2026-11-24T11:00:00+00:00","user":"ana"},"module_version":"9.9.9","options":{"no_wait":false,"without_lease":false},"is_undo":false}}""";
}
