using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;

namespace AcodeOps.Module.Tests.Tuning;

/// <summary>Indexes on a whole lab: advice that pipes into the command that takes it, the request to a partner, and what is on record.</summary>
[Collection(SharedSites.Collection)]
public sealed class IndexCmdletTests(SharedSites sites)
{
    private const string Table = "farmarcas_si_analitico_diario";

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Advice_is_taken_is_on_record_and_is_not_given_again(DatabaseFlavor flavor)
    {
        AcodeOps.Lab.LabSite site = await sites.HealthyAsync(flavor);
        using LabSession session = new(site);
        try
        {
            string[] lines = [.. session.Run($$"""
                $found = @(Test-AcodeIndex Backup {{Table}} | Where-Object Rule -eq StatementWithoutIndex)
                ($found.Proposed | Sort-Object Length) -join ' | '
                @($found | Where-Object { -not ($_.Evidence -like '*EXPLAIN*' -and $_.Remedy -like '*New-AcodeIndex*') }).Count
                @($found | New-AcodeIndex -Reason rehearsal -WhatIf).Count
                $made = @($found | New-AcodeIndex -Reason 'CHG-2001' -Confirm:$false)
                ($made | ForEach-Object { "$($_.Index) $($_.Status)" } | Sort-Object Length) -join ' | '
                @(Test-AcodeIndex Backup {{Table}}).Count
                (New-AcodeIndex Backup {{Table}} Data_Processamento -Reason rehearsal -Confirm:$false).Status
                @(Get-AcodeAudit | Where-Object { $_.Reason -eq 'CHG-2001' }).Count
                $made | Out-String -Width 200
                """).Clean().Select(o => $"{o}")];
            Assert.Equal(
                [
                    $"CREATE INDEX `acode_data` ON `{Table}` (`Data`) ALGORITHM=INPLACE LOCK=NONE | CREATE INDEX `acode_data_processamento` ON `{Table}` (`Data_Processamento`) ALGORITHM=INPLACE LOCK=NONE",
                    "0", "0", "acode_data Built | acode_data_processamento Built", "0", "Present", "4",
                ],
                lines[..7]);
            Assert.Contains("Freshness", lines[7], StringComparison.Ordinal);
            TestContext.Current.SendDiagnosticMessage(lines[7]);
        }
        finally
        {
            foreach (string name in new[] { "acode_data", "acode_data_processamento" })
            {
                await DropAsync(site.Databases.Replica, flavor, name);
            }
        }
    }

    // The site is shared.
    private static async Task DropAsync(DatabaseServer replica, DatabaseFlavor flavor, string name)
    {
        if (Convert.ToInt64(await replica.ScalarAsync($"SELECT COUNT(*) FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = '{replica.Database}' AND INDEX_NAME = '{name}'", CancellationToken.None), null) > 0)
        {
            string drop = $"ALTER TABLE {Table} DROP INDEX {name}";
            await replica.ExecuteAsync(
                flavor == DatabaseFlavor.MySql ? $"SET SESSION sql_log_bin=0; SET GLOBAL super_read_only=OFF; {drop}; SET GLOBAL super_read_only=ON" : $"SET SESSION sql_log_bin=0; {drop}", CancellationToken.None, replica.Database);
        }
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task A_partner_is_asked_and_what_does_not_help_is_undone(DatabaseFlavor flavor)
    {
        using LabSession session = new(await sites.HealthyAsync(flavor));
        string[] lines = [.. session.Run($$"""
            $request = New-AcodeIndex Primary {{Table}} Data_Processamento -Reason rehearsal -Confirm:$false
            ($request.Text -like '*--- Request:*') -and ($request.Text -like '*--- Pedido:*') -and ($request.Text -like '*ALGORITHM=INPLACE, LOCK=NONE*')
            @(Test-AcodeIndex Primary | Where-Object Rule -eq IndexUseUnknown).Count
            $undone = New-AcodeIndex Backup {{Table}} EAN -Reason rehearsal -Confirm:$false
            "$($undone.Status) $(@($undone.Effects | Where-Object IsServed).Count)"
            @(Test-AcodeIndex Backup | Where-Object Current -like '*acode_ean*').Count
            try { New-AcodeIndex Backup no_such_table EAN -Reason rehearsal -Confirm:$false } catch { $_.FullyQualifiedErrorId }
            $request | Out-String -Width 200
            """).Clean().Select(o => $"{o}")];
        Assert.Equal(["True", "0", "Undone 0", "0", "TableNotDefined,AcodeOps.Commands.NewAcodeIndexCommand"], lines[..5]);
        TestContext.Current.SendDiagnosticMessage(lines[5]);
    }
}
