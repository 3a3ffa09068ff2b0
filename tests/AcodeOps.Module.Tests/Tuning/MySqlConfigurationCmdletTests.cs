using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;

namespace AcodeOps.Module.Tests.Tuning;

/// <summary>Settings of servers on a whole lab: advice with its evidence, the request to a partner, and what is refused without an administrator.</summary>
[Collection(SharedSites.Collection)]
public sealed class MySqlConfigurationCmdletTests(SharedSites sites)
{
    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Advice_has_evidence_and_a_way_and_a_partner_is_asked(DatabaseFlavor flavor)
    {
        using LabSession session = new(await sites.HealthyAsync(flavor));
        string[] lines = [.. session.Run("""
            $found = @(Test-AcodeMySqlConfiguration)
            $found.Count -gt 0
            @($found | Where-Object { -not ($_.Evidence -and $_.Remedy -and $_.Proposed -and $_.Target) }).Count
            @($found | Where-Object { $_.Target -like 'Primary*' -and $_.Remedy -notlike '*Ask the partner*' }).Count
            $request = Set-AcodeMySqlConfiguration Primary -Reason rehearsal -Confirm:$false
            ($request.Text -like '*--- Request:*') -and ($request.Text -like '*--- Pedido:*')
            @(Set-AcodeMySqlConfiguration Backup -Rule SlowLog* -Reason rehearsal -WhatIf).Count
            $request | Out-String -Width 200
            """).Clean().Select(o => $"{o}")];
        Assert.Equal(["True", "0", "0", "True", "0"], lines[..5]);
        Assert.Contains("Pedido", lines[5], StringComparison.Ordinal);
        TestContext.Current.SendDiagnosticMessage(lines[5]);
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task What_is_set_is_read_back_and_not_proposed_again(DatabaseFlavor flavor)
    {
        using LabSession session = new(await sites.HealthyAsync(flavor));
        string[] lines = [.. session.Run("""
            $before = @(Test-AcodeMySqlConfiguration Backup | Where-Object Rule -eq SlowLogCoarse).Count
            $done = Set-AcodeMySqlConfiguration Backup -Rule SlowLogCoarse -Reason rehearsal -Confirm:$false
            "$before $($done.IsApplied) $($done.After)"
            @(Test-AcodeMySqlConfiguration Backup | Where-Object Rule -eq SlowLogCoarse).Count
            """).Clean().Select(o => $"{o}")];
        Assert.Equal(["1 True 2.000000", "0"], lines);
    }

    // The lab's servers are fast and forgetful: their doublewrite buffer is off, which no statement changes.
    [Fact]
    public async Task What_no_statement_can_do_is_told_as_a_line_and_nothing_is_changed()
    {
        using LabSession session = new(await sites.HealthyAsync(DatabaseFlavor.MySql));
        string[] lines = [.. session.Run("""
            $result = Set-AcodeMySqlConfiguration Backup -Rule DoublewriteOff -Reason rehearsal -Confirm:$false
            "$($result.IsApplied) $($result.Statement) $($result.ToDo)"
            $result | Out-String -Width 200
            """).Clean().Select(o => $"{o}")];
        Assert.Equal("False  write `innodb_doublewrite = ON` below [mysqld], and restart the server", lines[0]);
        Assert.Contains("innodb_doublewrite", lines[1], StringComparison.Ordinal);
    }
}
