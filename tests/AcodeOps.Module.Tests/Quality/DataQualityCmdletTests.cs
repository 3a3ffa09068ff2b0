using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;

namespace AcodeOps.Module.Tests.Quality;

/// <summary>Test-AcodeDataQuality on a whole lab: the tables as they are read, the record, and what is refused.</summary>
[Collection(SharedSites.Collection)]
public sealed class DataQualityCmdletTests(SharedSites sites)
{
    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Each_table_is_a_result_with_its_rules_from_the_replica_and_from_the_lake(DatabaseFlavor flavor)
    {
        using LabSession session = new(await sites.HealthyAsync(flavor));
        string[] lines = [.. session.Run("""
            $seen = Test-AcodeDataQuality -Days 2
            $seen | ForEach-Object { "$($_.Table) $($_.Score -gt 99) $($_.Rows -gt 0) $($_.ReadFrom -like 'Backup source*') $($_.IsWhole)" }
            @($seen.Rules | Where-Object { $_.Column -and $_.Verdict -ne 'Healthy' }).Count
            @($seen[0].Rules | Where-Object Check -in rows, futureDate, undated, weekday, pharmacies).Count
            Test-AcodeDataQuality *diario -Lake | ForEach-Object { "$($_.ReadFrom -like 's3://*') $($_.Rows -gt 0) $(($_.Rules | Where-Object Check -eq unique).BadRows)" }
            (Test-AcodeDataQuality *diario -MostRows 10).IsWhole
            Test-AcodeDataQuality *produtos -Quiet
            $seen | Out-String -Width 200
            $seen[0].Rules | Out-String -Width 200
            """).Clean().Select(o => $"{o}")];
        Assert.Equal(
            [
                "farmarcas_si_analitico_diario True True True True", "farmarcas_si_analitico_diario_produtos True True True True", "farmarcas_si_analitico_diario_complemento True True True True",
                "0", "5", "True True 0", "False", "True",
            ],
            lines[..8]);
        Assert.Contains("newest rows", lines[8], StringComparison.Ordinal);
        Assert.Contains("CNPJ.cnpj", lines[9], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_recorded_has_keys_and_a_score_and_a_what_if_records_nothing()
    {
        using LabSession session = new(await sites.HealthyAsync(DatabaseFlavor.MySql));
        string[] lines = [.. session.Run("""
            $result = Test-AcodeDataQuality *diario -Record
            $result.Manifest -like 's3://*quarantine*/acode_quality/*/farmarcas_si_analitico_diario/*.json'
            $null -eq (Test-AcodeDataQuality *diario -Record -WhatIf).Manifest
            $null -eq (Test-AcodeDataQuality *diario).Manifest
            """).Clean().Select(o => $"{o}")];
        Assert.Equal(["True", "True", "True"], lines);
        Assert.Equal("TableNotDefined", Assert.Single(session.Run("Test-AcodeDataQuality no_such_table").Errors).FullyQualifiedErrorId.Split(',')[0]);
    }
}
