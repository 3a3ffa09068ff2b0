namespace AcodeOps.Lab.Driver.Benchmarks.Soak;

/// <summary>What the people of a soak type, for a shell that has the module and <c>$environment</c>.</summary>
internal static class SoakScripts
{
    /// <summary>
    /// An operator: one act after another, chosen by chance from <c>$seed</c>; of each a line with its name and what came of it. A refusal is an answer;
    /// that is judged by its id.
    /// </summary>
    public const string Operator = """
        $random = [Random]::new($seed)
        $acts = [ordered]@{
            switch   = { $to = (Get-AcodeRoute)[$random.Next(0, 2)].Name; (Invoke-AcodeFailover $to -Reason soak -Confirm:$false -WarningAction SilentlyContinue).Status }
            recover  = { $plan = Get-AcodeRecoveryPlan -TimeoutSeconds 5; if ($plan.Strategy -eq 'none') { 'none' } else { ($plan | Start-AcodeDisasterRecovery -Reason soak -Confirm:$false -WarningAction SilentlyContinue).Status } }
            drill    = { (Start-AcodeDisasterRecovery -Drill -Reason soak -Confirm:$false -WarningAction SilentlyContinue).Status }
            sync     = { (Get-AcodeRoute -Active | Start-AcodeSync -Wait -TimeoutMinutes 2).Status }
            rotate   = { (Invoke-AcodeCredentialRotation Backup -LiftSuperReadOnly -Reason soak -Confirm:$false -WarningAction SilentlyContinue).Status }
            maintain = { $null = Invoke-AcodeMaintenance -MeasureSeconds 1 -Reason soak -Confirm:$false -OutVariable run -WarningAction SilentlyContinue; $run[0].Status }
            health   = { @(Test-AcodeHealth -TimeoutSeconds 5 -WarningAction SilentlyContinue).Count -gt 0 }
            audit    = { Write-AcodeAudit DataAccess soak -Reason soak -WarningAction SilentlyContinue | ForEach-Object Id }
            finish   = { Get-AcodeRunbook -Unfinished -WarningAction SilentlyContinue | Select-Object -First 1 | ForEach-Object { if ($random.Next(2)) { $_ | Resume-AcodeRunbook -Confirm:$false -WarningAction SilentlyContinue } else { $_ | Undo-AcodeRunbook -Confirm:$false -WarningAction SilentlyContinue } } | ForEach-Object Status }
        }
        $often = 'switch', 'switch', 'switch', 'recover', 'recover', 'drill', 'sync', 'sync', 'rotate', 'maintain', 'health', 'audit', 'finish', 'finish'
        $null = Connect-AcodeEnvironment $environment
        while ($true) {
            $act = $often[$random.Next($often.Count)]
            try { $came = & $acts[$act] 2>&1 | ForEach-Object { if ($_ -is [Management.Automation.ErrorRecord]) { "refused $($_.FullyQualifiedErrorId)" } else { "$_" } } | Select-Object -Last 1 }
            catch { $came = "refused $($_.FullyQualifiedErrorId)" }
            [Console]::Out.WriteLine("$act $came")
            Start-Sleep -Milliseconds $random.Next(200, 3000)
        }
        """;

    /// <summary>Somebody whose shell stays open all the time: looks, measures, compares, and tells what its process holds after a whole collection.</summary>
    public const string Onlooker = """
        $null = Connect-AcodeEnvironment $environment
        while ($true) {
            $null = Test-AcodeHealth -TimeoutSeconds 5 -WarningAction SilentlyContinue
            $null = Get-AcodeMetric -TimeoutSeconds 10 -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
            $null = Get-AcodeRecoveryPlan -TimeoutSeconds 5 -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
            [Console]::Out.WriteLine("heap $([GC]::GetTotalMemory($true))")
            Start-Sleep -Milliseconds 500
        }
        """;

    /// <summary>Ends what is unfinished, and brings the first route back; true when that is so.</summary>
    public const string Settle = """
        try {
            Get-AcodeRunbook -Unfinished | ForEach-Object { $null = $_ | Undo-AcodeRunbook -Confirm:$false -WarningAction SilentlyContinue }
            if ((Get-AcodeRoute -Active).Name -ne 'primary') { $null = Invoke-AcodeFailover primary -Reason soak -Confirm:$false -WarningAction SilentlyContinue }
            -not @(Get-AcodeRunbook -Unfinished) -and (Test-AcodeHealth -Component Source, Replication, Storage, Airbyte -Quiet -TimeoutSeconds 20)
        } catch { "$_"; $false }
        """;

    /// <summary>Loads everything once more and holds it against the source, to the row and the value.</summary>
    public const string Reconcile = """
        $null = Get-AcodeRoute -Active | Start-AcodeSync -Wait -TimeoutMinutes 5
        Start-Sleep 4
        $null = Get-AcodeRoute -Active | Start-AcodeSync -Wait -TimeoutMinutes 5
        Compare-AcodeData -IncludeValue
        """;

    /// <summary>What the trail's verification finds, but for acts that were cut off, which are rightly told.</summary>
    public const string Verify = """
        Sync-AcodeAudit | Out-Null
        (Test-AcodeAudit).Faults | Where-Object Kind -notin Unfinished, DigestOverdue
        """;
}
