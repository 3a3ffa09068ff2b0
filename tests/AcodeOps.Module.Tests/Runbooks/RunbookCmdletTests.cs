using System.Management.Automation;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Runbooks;

/// <summary>The runbook cmdlets over a journal that only this machine has, of a runbook that no version knows.</summary>
public sealed class RunbookCmdletTests : IDisposable
{
    private readonly LonelyEnvironment _environment = new();
    private readonly string _runId = LonelyEnvironment.RunIdOf(hoursAgo: 2);
    private readonly ModuleSession _session = new();

    public RunbookCmdletTests()
    {
        _environment.WriteJournal(_runId, [
            """{"sequence":1,"at":"2026-11-24T12:00:00+00:00","kind":"run_started","evidence":[],"start":{"runbook":"brewing","title":"Brew coffee","environment":"test","plan":{},"steps":[{"name":"grind","title":"Grind the beans"},{"name":"pour","title":"Pour"}]},"worker":{"process":{"host":"ops-9","machine":"m","process_id":7,"started_at":"2026-11-24T11:00:00+00:00","user":"ana"},"module_version":"9.9.9","options":{"no_wait":false,"without_lease":false,"reason":"thirst"},"is_undo":false}}""",
            """{"sequence":2,"at":"2026-11-24T12:00:01+00:00","kind":"step_started","step":"grind","evidence":[]}""",
            """{"sequence":3,"at":"2026-11-24T12:00:03.5+00:00","kind":"step_completed","step":"grind","evidence":["18 g of them"]}""",
        ]);
        _session.With("file", _environment.File).With("run", _runId).Run("$PSDefaultParameterValues['*-Acode*:Environment'] = $file").Clean();
    }

    public void Dispose()
    {
        _session.Dispose();
        _environment.Dispose();
    }

    [Theory]
    [InlineData("Get-AcodeRunbook $run")]
    [InlineData("$run | Get-AcodeRunbook")]
    [InlineData("[pscustomobject] @{ RunId = $run } | Get-AcodeRunbook")]
    public void A_run_is_shown_as_far_as_its_journal_goes(string command)
    {
        PSObject run = Assert.Single(_session.Run(command).Clean());

        Assert.Equal("AcodeOps.RunbookRun", run.BaseObject.GetType().FullName);
        Assert.Equal(
            (_runId, "brewing", "Brew coffee", "Running", "ana@ops-9", "thirst", "True", ""),
            (Value(run, "RunId"), Value(run, "Runbook"), Value(run, "Title"), Value(run, "Status"), Value(run, "StartedBy"), Value(run, "Reason"), Value(run, "IsUnfinished"), Value(run, "Plan")));
        string[] steps = [.. _session.Run($"({command}).Steps | ForEach-Object {{ \"$($_.Name) $($_.Status) $($_.DurationSeconds)\" }}").Clean().Select(step => $"{step}")];
        Assert.Equal(["grind Completed 2.5", "pour Planned "], steps);
    }

    [Fact]
    public void What_this_machine_has_is_shown_before_the_storages_absence_ends_the_command()
    {
        ScriptResult read = _session.Run("try { Get-AcodeRunbook -Unfinished } catch { $_.Exception.Cause }");

        Assert.Equal([_runId, "ConnectionRefused"], [Value(read.Output[0], "RunId"), $"{read.Output[^1]}"]);
        Assert.Equal(2, read.Output.Count);
    }

    [Fact]
    public void Its_views_show_the_run_and_its_steps()
    {
        string shown = string.Concat(_session.Run("Get-AcodeRunbook $run | Out-String -Width 200; Get-AcodeRunbook $run | Format-List | Out-String -Width 200; (Get-AcodeRunbook $run).Steps | Out-String -Width 200").Clean());

        Assert.Matches($@"{_runId}\s+Running\s+11-24 12:00Z\s+Brew coffee", shown);
        Assert.Contains("Completed: Grind the beans", shown, StringComparison.Ordinal);
        Assert.Matches(@"Grind the beans\s+Completed\s+2.5\s+18 g of them", shown);
    }

    [Theory]
    [InlineData("Resume-AcodeRunbook")]
    [InlineData("Undo-AcodeRunbook")]
    public void Under_WhatIf_nothing_is_done_and_an_unknown_runbook_is_refused(string command)
    {
        ScriptResult asked = _session.Run($"Get-AcodeRunbook $run | {command} -WhatIf");
        Assert.Empty(asked.Clean());
        Assert.Contains("Brew coffee", asked.HostText, StringComparison.Ordinal);

        ScriptResult refused = _session.Run($"Get-AcodeRunbook $run | {command} -Confirm:$false");

        Assert.Empty(refused.Output);
        Assert.StartsWith("RunbookUnknown", Assert.Single(refused.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(3, File.ReadAllLines(Directory.GetFiles(_environment.Folder, "*.jsonl", SearchOption.AllDirectories).Single()).Length);
    }

    [Fact]
    public void What_is_no_run_is_an_error_and_the_others_are_shown()
    {
        ScriptResult result = _session.Run("Get-AcodeRunbook nonsense, $run");

        Assert.StartsWith("RunNotFound", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(_runId, Value(result.Only, "RunId"));
    }

    private static string Value(PSObject of, string property) => $"{of.Properties[property].Value}";
}
