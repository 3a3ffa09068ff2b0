using System.Management.Automation;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Audit;

/// <summary>The audit cmdlets while the audit storage is away; how they work with it, the adapters' tests show on a real one.</summary>
public sealed class AuditCmdletTests : IDisposable
{
    private readonly LonelyEnvironment _environment = new();
    private readonly ModuleSession _session = new();

    public AuditCmdletTests()
    {
        _session.With("file", _environment.File).Run("$PSDefaultParameterValues['*-Acode*:Environment'] = $file").Clean();
    }

    public void Dispose()
    {
        _session.Dispose();
        _environment.Dispose();
    }

    [Fact]
    public void A_piped_health_check_becomes_an_incident_that_waits_and_says_so()
    {
        ScriptResult result = _session.Run("""
            [AcodeOps.HealthCheck] @{ Component = 'Source'; Target = 'primary'; Verdict = 'Failed'; Summary = 'Nothing listens.'; LatencyMs = 12.5; CheckedAt = [DateTimeOffset]::UtcNow; Evidence = [string[]] @('one', 'two') } |
                Write-AcodeAudit -RunId run-1 -Details @{ ticket = 'OPS-1'; password = 'canary-5f1e' }
            """);

        PSObject record = Assert.Single(result.Clean());
        Assert.Equal("AcodeOps.AuditRecord", record.BaseObject.GetType().FullName);
        Assert.Equal(
            ("IncidentDetected", "Source primary", "Failed", "Nothing listens.", "False", "run-1"),
            (Text(record, "EventType"), Text(record, "Subject"), Text(record, "Outcome"), Text(record, "Reason"), Text(record, "Stored"), Text(record, "RunId")));
        Assert.Equal(Environment.UserName, Text(record, "User"));
        Assert.Equal($"{Environment.ProcessId}", Text(record, "ProcessId"));
        Assert.Contains("Sync-AcodeAudit", Assert.Single(result.Warnings), StringComparison.Ordinal);
        var details = (IDictionary<string, object?>)record.Properties["Details"].Value;
        Assert.Equal(("OPS-1", "***", 12.5, "primary"), (details["ticket"], details["password"], details["latency_ms"], details["target"]));
        Assert.Equal(["one", "two"], (IEnumerable<object?>)details["evidence"]!);
        string file = Assert.Single(Directory.GetFiles(_environment.Folder, "acode_audit*", SearchOption.AllDirectories));
        Assert.DoesNotContain("canary-5f1e", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void What_waits_is_shown_before_the_storages_absence_ends_the_command()
    {
        string id = Text(Assert.Single(_session.Run("Write-AcodeAudit FailoverExecuted 'Route backup_mysql' -Reason drill").Clean()), "Id");

        ScriptResult read = _session.Run("try { Get-AcodeAudit -User ([Environment]::UserName) } catch { $_.Exception.Cause }");
        ScriptResult others = _session.Run("try { Get-AcodeAudit -User nobody } catch { $_.Exception.Cause }");
        ScriptResult sync = _session.Run("try { Sync-AcodeAudit } catch { $_.Exception.Cause }");

        Assert.Equal(id, Text(read.Output[0], "Id"));
        Assert.Equal("ConnectionRefused", $"{read.Output[^1]}");
        Assert.Equal("ConnectionRefused", $"{others.Only}");
        Assert.Equal("ConnectionRefused", $"{sync.Only}");
        Assert.Single(Directory.GetFiles(_environment.Folder, "acode_audit*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Under_WhatIf_nothing_is_written()
    {
        ScriptResult result = _session.Run("Write-AcodeAudit DataAccess 'table sales' -WhatIf; try { Sync-AcodeAudit -WhatIf } catch { $_.Exception.Cause }");

        // Which days are to be digested is asked of the storage, which is away here.
        Assert.Equal("ConnectionRefused", $"{result.Only}");
        Assert.Contains("DataAccess table sales", result.HostText, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_environment.Folder, "spool")));
    }

    [Fact]
    public void An_object_that_tells_no_event_type_needs_one()
    {
        ScriptResult result = _session.Run("'anything' | Write-AcodeAudit");

        Assert.StartsWith("AuditEventTypeMissing", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_environment.Folder, "spool")));
    }

    [Fact]
    public void A_session_keeps_its_id_and_another_has_its_own()
    {
        string first = Text(Assert.Single(_session.Run("Write-AcodeAudit DataAccess").Clean()), "SessionId");
        string again = Text(Assert.Single(_session.Run("Write-AcodeAudit DataAccess").Clean()), "SessionId");
        using ModuleSession other = new();
        string another = Text(Assert.Single(other.With("file", _environment.File).Run("Write-AcodeAudit DataAccess -Environment $file").Clean()), "SessionId");

        Assert.Matches("^[0-9a-f]{32}$", first);
        Assert.Equal(first, again);
        Assert.NotEqual(first, another);
    }

    [Fact]
    public void A_range_that_ends_before_it_begins_is_refused()
    {
        ScriptResult result = _session.Run("Get-AcodeAudit -From 2026-11-24 -To 2026-11-23");

        Assert.StartsWith("AuditRangeEmpty", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private static string Text(PSObject record, string property) => $"{record.Properties[property].Value}";
}
