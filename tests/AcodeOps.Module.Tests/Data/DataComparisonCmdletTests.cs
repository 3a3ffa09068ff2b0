using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;

namespace AcodeOps.Module.Tests.Data;

/// <summary>Compare- and Repair-AcodeData on a whole lab: what the results tell, and what is done where nothing differs.</summary>
[Collection(SharedSites.Collection)]
public sealed class DataComparisonCmdletTests(SharedSites sites)
{
    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Each_table_is_a_result_with_the_rows_of_both_sides(DatabaseFlavor flavor)
    {
        using LabSession session = new(await sites.HealthyAsync(flavor));
        string[] lines = [.. session.Run("""
            $last = Get-AcodeRoute -Active | Get-AcodeSync -Newest 1
            Start-Sleep -Seconds 4
            $null = Start-AcodeSync -Wait -TimeoutMinutes 2 -Confirm:$false
            $seen = Compare-AcodeData -IncludeValue
            $seen | ForEach-Object { "$($_.Table) $($_.RowsFrom -gt 0) $($_.Missing + $_.Extra + $_.Changed + $_.Duplicated) $($_.To -like 's3://*') $($_.From -like '* source *')" }
            Compare-AcodeData *diario -Replica | ForEach-Object { "$($_.Verdict) $($_.HasDifferences) $($null -eq $_.LakeBytes)" }
            Compare-AcodeData *diario -Replica -Quiet
            @(Compare-AcodeData *diario | Repair-AcodeData -Confirm:$false).Count
            $seen | Out-String -Width 220
            """).Clean().Select(o => $"{o}")];
        Assert.Equal(
            [
                "farmarcas_si_analitico_diario True 0 True True", "farmarcas_si_analitico_diario_produtos True 0 True True", "farmarcas_si_analitico_diario_complemento True 0 True True",
                "Healthy False True", "True", "0",
            ],
            lines[..6]);
        Assert.Contains("Healthy   farmarcas_si_analitico_diario", lines[6], StringComparison.Ordinal);
        Assert.Equal("TableNotDefined", Assert.Single(session.Run("Compare-AcodeData no_such_table").Errors).FullyQualifiedErrorId.Split(',')[0]);
    }
}
