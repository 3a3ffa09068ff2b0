using System.Management.Automation;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Audit;

/// <summary>Test-AcodeAudit on records that were copied out of the spool, without any server.</summary>
public sealed class AuditVerificationTests : IDisposable
{
    private readonly LonelyEnvironment _environment = new();
    private readonly ModuleSession _session = new();

    public AuditVerificationTests()
    {
        _session.With("file", _environment.File).With("spool", Path.Combine(_environment.Folder, "spool")).Run("""
            1..5 | ForEach-Object { Write-AcodeAudit DataAccess "table $_" -Environment $file -WarningAction SilentlyContinue } | Out-Null
            """).Clean();
    }

    public void Dispose()
    {
        _session.Dispose();
        _environment.Dispose();
    }

    [Fact]
    public void A_copy_is_verified_and_shown_in_a_line()
    {
        PSObject verification = Assert.Single(_session.Run("$found = Test-AcodeAudit $spool; $found").Clean());

        Assert.Equal("AcodeOps.AuditVerification", verification.BaseObject.GetType().FullName);
        Assert.Equal(("Healthy", 5L, 1), ($"{verification.Properties["Verdict"].Value}", verification.Properties["Records"].Value, verification.Properties["Sessions"].Value));
        string table = _session.Run("$found | Out-String -Width 160").Only.ToString()!;
        Assert.Contains("AnchoredTo", table, StringComparison.Ordinal);
        Assert.Contains("none", table, StringComparison.Ordinal);
        Assert.Equal("True", _session.Run("Get-Item $spool | Test-AcodeAudit -Quiet").Only.ToString()!.Trim());
    }

    [Fact]
    public void A_record_that_is_gone_and_one_that_was_changed_are_named()
    {
        string[] files = [.. Directory.GetFiles(_environment.Folder, "acode_audit*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        File.Delete(files[1]);
        File.WriteAllText(files[3], File.ReadAllText(files[3]).Replace("table 4", "table 9", StringComparison.Ordinal));

        IReadOnlyList<PSObject> faults = _session.Run("(Test-AcodeAudit -Path $spool).Faults").Clean();

        Assert.Equal(["Missing", "Altered"], faults.Select(fault => $"{fault.Properties["Kind"].Value}"));
        Assert.Equal("2", $"{faults[0].Properties["Sequence"].Value}");
        Assert.Equal(files[3], faults[1].Properties["Location"].Value);
        Assert.Equal("False", _session.Run("Test-AcodeAudit $spool -Quiet").Only.ToString()!.Trim());
    }

    [Theory]
    [InlineData("Test-AcodeAudit no-such-folder", "AuditFolderNotFound")]
    [InlineData("Test-AcodeAudit $spool -From 2026-11-24 -To 2026-11-23", "AuditRangeEmpty")]
    [InlineData("Test-AcodeAudit $spool -PublicKey $file", "PublicKeyInvalid")]
    [InlineData("Test-AcodeAudit $spool -PublicKey no-such-file", "PublicKeyInvalid")]
    public void What_cannot_be_verified_is_a_clear_error(string command, string id) =>
        Assert.StartsWith(id, Assert.Single(_session.Run(command).Errors).FullyQualifiedErrorId, StringComparison.Ordinal);

    [Fact]
    public void What_is_handed_in_and_not_allowed_is_withheld_with_a_warning()
    {
        ScriptResult result = _session.Run("Write-AcodeAudit DataAccess x -Details @{ patient = 'Maria'; ticket = 'OPS-1' } -Environment $file");

        Assert.Contains(result.Warnings, warning => warning.Contains("patient", StringComparison.Ordinal) && warning.Contains("audit.allowedDetails", StringComparison.Ordinal));
        Assert.DoesNotContain(Directory.GetFiles(_environment.Folder, "acode_audit*", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains("Maria", StringComparison.Ordinal));
    }
}
