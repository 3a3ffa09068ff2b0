namespace AcodeOps.Module.Tests.EndToEnd;

/// <summary>
/// How every exported cmdlet is called in the hunt for secrets. The session has <c>$password</c>, the backup's, and is in a
/// folder with an <c>acode.yaml</c>; <c>$project</c> configures Airbyte, with the password written into it. A new cmdlet needs a line here: without one the test fails.
/// </summary>
internal static class CanaryCommands
{
    private const string Given = "([pscredential]::new('userfarmarcasac02_backup', (ConvertTo-SecureString $password -AsPlainText -Force)))";

    private const string Reason = "\"password=$password\"";

    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>
    {
        ["Connect-AcodeEnvironment"] = ["Connect-AcodeEnvironment", "Connect-AcodeEnvironment acode.yaml#lab"],
        ["Get-AcodeEnvironment"] = ["Get-AcodeEnvironment"],
        ["Test-AcodeEnvironment"] = ["Test-AcodeEnvironment acode.yaml", "Test-AcodeEnvironment -Quiet"],
        ["New-AcodeEnvironment"] = ["New-AcodeEnvironment new.yaml -Force", "New-AcodeEnvironment other.yaml -WhatIf"],
        ["Test-AcodeConfiguration"] = ["Test-AcodeConfiguration $project", "Test-AcodeConfiguration $project -Quiet"],
        ["Import-AcodeConfiguration"] = ["Import-AcodeConfiguration live -WhatIf", "Import-AcodeConfiguration live", "Import-AcodeConfiguration live -Force"],
        ["Compare-AcodeConfiguration"] = ["Compare-AcodeConfiguration live -IncludeSecret -IncludeUnmanaged", "Compare-AcodeConfiguration live -Quiet", "Compare-AcodeConfiguration $project"],
        ["Backup-AcodeConfiguration"] = ["$global:kept = Backup-AcodeConfiguration; $kept; $kept.Cursors", "Backup-AcodeConfiguration kept.json; Get-Content kept.json", "Backup-AcodeConfiguration -WhatIf"],
        ["Publish-AcodeConfiguration"] =
        [
            "$source = 'live/sources/source_mysql_acode/configuration.yaml'; (Get-Content $source) -replace '\"\\*+\"', 'secretsmanager:acode/mysql/primary' | Set-Content $source; Publish-AcodeConfiguration live -WhatIf",
            $"$global:published = Publish-AcodeConfiguration live -Reason {Reason} -Confirm:$false; $published; $published.Plan; $published.Plan.Changes; $published.Result",
        ],
        ["Restore-AcodeConfiguration"] = ["Restore-AcodeConfiguration -ListAvailable", "$kept | Restore-AcodeConfiguration -WhatIf", $"$kept | Restore-AcodeConfiguration -Reason {Reason} -Confirm:$false"],
        ["Test-AcodeDeployment"] = ["Test-AcodeDeployment Before $project", "Test-AcodeDeployment Before live -TimeoutSeconds 30", "Test-AcodeDeployment After live -Sync", "Test-AcodeDeployment After live -Quiet", "Test-AcodeDeployment After live -Sync -WhatIf"],
        ["Test-AcodeHealth"] = ["Test-AcodeHealth -TimeoutSeconds 30", "Test-AcodeHealth -Component Source, Secret -Quiet"],
        ["Get-AcodeMetric"] = ["Get-AcodeMetric -TimeoutSeconds 60", "Get-AcodeMetric acode.daily_* -Category Business"],
        ["Get-AcodeAlertRule"] = ["Get-AcodeAlertRule", "Get-AcodeAlertRule primary-* | Format-List"],
        ["Test-AcodeAlertRule"] =
        [
            "Test-AcodeAlertRule -TimeoutSeconds 60", "Get-AcodeMetric acode.route_active | Test-AcodeAlertRule *-writer*", "Test-AcodeAlertRule primary-down -Outage primary-*",
            "Get-AcodeMetric acode.secret_age_days | ForEach-Object { ConvertTo-Json $_ -Compress } | Set-Content metrics.jsonl; Test-AcodeAlertRule secret-old -Recording metrics.jsonl",
            "Set-Content monitor.json \"{ `\"name`\": `\"p`\", `\"query`\": `\"avg(last_5m):avg:acode.x{*} > 2`\", `\"message`\": `\"$password`\" }\"; Test-AcodeAlertRule -Path monitor.json; Remove-Item monitor.json",
        ],
        ["Export-AcodeAlertRule"] = ["Export-AcodeAlertRule", "Export-AcodeAlertRule ./ -Format Terraform -Force; Get-Content acode-alerts.tf", "Get-AcodeAlertRule primary-* | Export-AcodeAlertRule -Format Prometheus -WhatIf"],
        ["Publish-AcodeAlertRule"] = ["Publish-AcodeAlertRule -WhatIf", "Get-AcodeAlertRule primary-* | Publish-AcodeAlertRule -Confirm:$false", "Publish-AcodeAlertRule -Prune -Confirm:$false"],
        ["Get-AcodeReplication"] = ["Get-AcodeReplication", "Get-AcodeReplication Primary, Backup"],
        ["Get-AcodeSlowQuery"] = ["Get-AcodeSlowQuery", "Get-AcodeSlowQuery Backup -DurationSeconds 1 -Top 100 -SortBy Executions"],
        ["Measure-AcodePerformance"] = ["$global:measured = Measure-AcodePerformance 2; $measured; $measured.Sections.Readings; $measured.Sections.Statements; $measured.Findings; $measured | Format-List"],
        ["Test-AcodeDataQuality"] = ["$global:quality = Test-AcodeDataQuality -Days 2 -Record; $quality; $quality.Rules; $quality | Format-List", "Test-AcodeDataQuality *produtos -Lake; Test-AcodeDataQuality -Quiet"],
        ["Invoke-AcodeMaintenance"] = [$"$global:maintained = Invoke-AcodeMaintenance -MeasureSeconds 1 -Reason {Reason} -Confirm:$false; $maintained; $maintained.Plan; $maintained.Result; $maintained.Result.Outcomes; $maintained.Result.Findings; $maintained.Steps", "Invoke-AcodeMaintenance -WhatIf"],
        ["Clear-AcodeStorage"] = [$"Clear-AcodeStorage temp/ -OlderThanDays 7 -Reason {Reason} -Confirm:$false -Verbose", $"Clear-AcodeStorage temp/ -Storage Quarantine -OlderThanDays 7 -Reason {Reason} -WhatIf"],
        ["Compare-AcodeData"] = ["$global:compared = Compare-AcodeData -IncludeValue; $compared; $compared.Rows; $compared | Format-List", "Compare-AcodeData *diario -Replica; Compare-AcodeData *produtos -Quiet"],
        ["Repair-AcodeData"] = ["Repair-AcodeData *produtos -WhatIf", $"Repair-AcodeData *diario -Reason {Reason} -Confirm:$false"],
        ["Test-AcodeMySqlConfiguration"] = ["Test-AcodeMySqlConfiguration", "Test-AcodeMySqlConfiguration Backup -MemoryGB 64 | Format-List"],
        ["Set-AcodeMySqlConfiguration"] = [$"Set-AcodeMySqlConfiguration Primary -Reason {Reason} -Confirm:$false", $"Set-AcodeMySqlConfiguration Backup -Reason {Reason} -WhatIf"],
        ["Test-AcodeIndex"] = ["Test-AcodeIndex", "Test-AcodeIndex Backup *diario | Format-List"],
        ["New-AcodeIndex"] =
        [
            $"New-AcodeIndex Backup farmarcas_si_analitico_diario_complemento Data_Processamento -Reason {Reason} -WhatIf",
            $"$global:made = New-AcodeIndex Backup farmarcas_si_analitico_diario_complemento Data_Processamento -Reason {Reason} -Confirm:$false; $made; $made.Effects",
            $"Test-AcodeIndex Primary | New-AcodeIndex -Reason {Reason} -Confirm:$false",
        ],
        ["Get-AcodeRoute"] = ["Get-AcodeRoute"],
        ["Get-AcodeConnection"] = ["Get-AcodeConnection"],
        ["Get-AcodeSync"] = ["Get-AcodeSync"],
        ["Start-AcodeSync"] = ["Start-AcodeSync -WhatIf", "Start-AcodeSync -Wait -TimeoutMinutes 1"],
        ["Wait-AcodeSync"] = ["Get-AcodeRoute -Active | Get-AcodeSync -Newest 1 | Wait-AcodeSync -TimeoutMinutes 1"],
        ["Stop-AcodeSync"] = ["Get-AcodeRoute -Active | Get-AcodeSync -Newest 1 | Stop-AcodeSync -Confirm:$false"],
        ["Move-AcodeData"] =
        [
            "Move-AcodeData farmarcas_si_analitico_diario_produtos/ -Reason \"password=$password\" -WhatIf",
            "$global:moved = Move-AcodeData farmarcas_si_analitico_diario_produtos/ -Reason \"password=$password\" -Confirm:$false; $moved",
            "$moved | Move-AcodeData -Return -Confirm:$false",
        ],
        ["Export-AcodeData"] =
        [
            $"Export-AcodeData -Days 1 -Reason {Reason} -WhatIf",
            $"$global:copy = Export-AcodeData *produtos, *diario -Days 2 -Reason {Reason} -Confirm:$false; $copy; $copy.Plan; $copy.Result; $copy.Result.Tables; $copy | Undo-AcodeRunbook -Confirm:$false",
            $"Export-AcodeData no_such_table -Reason {Reason}",
        ],
        ["Get-AcodeCredential"] =
        [
            "Get-AcodeCredential", "Get-AcodeCredential Primary", "Get-AcodeCredential -Airbyte", "Get-AcodeCredential -Name secretsmanager:acode/s3",
        ],
        ["Find-AcodeSecret"] = ["Find-AcodeSecret $project", "Find-AcodeSecret $project -Quiet", "Find-AcodeSecret -Live", "Find-AcodeSecret acode.yaml"],
        ["Set-AcodeCredential"] = [$"Set-AcodeCredential Backup -Credential {Given} -Confirm:$false", $"Set-AcodeCredential Backup -Credential {Given} -WhatIf"],
        // There and back: the commands that follow know the present password. The partner's is asked for, and a wrong one is handed over.
        ["Invoke-AcodeCredentialRotation"] =
        [
            "Invoke-AcodeCredentialRotation Backup -LiftSuperReadOnly -WhatIf",
            $"$global:rotated = Invoke-AcodeCredentialRotation Backup -LiftSuperReadOnly -Reason {Reason} -Confirm:$false; $rotated; $rotated.Plan; $rotated.Result; $rotated | Undo-AcodeRunbook -Confirm:$false",
            $"Invoke-AcodeCredentialRotation Primary -Reason {Reason} -Confirm:$false",
            $"Invoke-AcodeCredentialRotation Primary -Credential {Given} -Reason {Reason} -Confirm:$false",
        ],
        ["Write-AcodeAudit"] =
        [
            "Write-AcodeAudit IncidentDetected canary -Reason 'a rehearsal'",
            "Get-AcodeCredential Primary | Write-AcodeAudit -EventType DataAccess",
            "Write-AcodeAudit DataAccess canary -Details @{ password = $password; url = \"mysql://reader:$($password)@127.0.0.1/\" } -Reason \"password=$password\"",
            "Test-AcodeHealth Source, Storage, Airbyte -TimeoutSeconds 30 | Write-AcodeAudit",
        ],
        ["Get-AcodeAudit"] = ["Get-AcodeAudit"],
        ["Test-AcodeAudit"] = ["Test-AcodeAudit; (Test-AcodeAudit).Faults", "Test-AcodeAudit -Quiet"],
        ["Sync-AcodeAudit"] = ["Sync-AcodeAudit", "Sync-AcodeAudit -WhatIf"],
        // There and back, by an undo and by a switch; the last one is left to be proven by the resumption.
        ["Invoke-AcodeFailover"] =
        [
            "Invoke-AcodeFailover backup_mysql -WhatIf",
            $"$global:run = Invoke-AcodeFailover backup_mysql -Reason {Reason} -Confirm:$false; $run",
            "$run | Undo-AcodeRunbook -Confirm:$false; Invoke-AcodeFailover backup_mysql -Confirm:$false",
            "Get-AcodeRoute primary | Invoke-AcodeFailover -NoWait -Confirm:$false",
        ],
        ["Get-AcodeRecoveryPlan"] = ["Get-AcodeRecoveryPlan", $"Get-AcodeRecoveryPlan -CorruptedPrefix / -Reason {Reason}"],
        ["Start-AcodeDisasterRecovery"] =
        [
            "Start-AcodeDisasterRecovery -WhatIf",
            $"Get-AcodeRecoveryPlan -AllowDataLoss | Start-AcodeDisasterRecovery -Reason {Reason} -Confirm:$false",
            $"Start-AcodeDisasterRecovery -Drill -Reason {Reason} -Confirm:$false",
        ],
        ["Watch-AcodeHealth"] =
        [
            "Watch-AcodeHealth -AutoFailover -WhatIf",
            "Watch-AcodeHealth -AutoFailover -PassThru -DurationSeconds 2 -TimeoutSeconds 30 -Confirm:$false; Invoke-AcodeFailover -Acknowledge -Confirm:$false",
        ],
        ["Get-AcodeRunbook"] = ["Get-AcodeRunbook", "Get-AcodeRunbook -Unfinished -Days 7", "Get-AcodeRunbook 01KAT5Z3V8Q7M2N4P6R8S0T2W4"],
        ["Resume-AcodeRunbook"] =
        [
            "Get-AcodeRunbook -Unfinished | Resume-AcodeRunbook -WhatIf",
            $"Get-AcodeRunbook -Unfinished | Resume-AcodeRunbook -Reason {Reason} -Confirm:$false",
            "Resume-AcodeRunbook 01KAT5Z3V8Q7M2N4P6R8S0T2W4 -Confirm:$false",
        ],
        ["Undo-AcodeRunbook"] = ["Get-AcodeRunbook -Days 1 | Select-Object -First 1 | Undo-AcodeRunbook -WhatIf", "Undo-AcodeRunbook 01KAT5Z3V8Q7M2N4P6R8S0T2W4 -WhatIf"],
        ["Export-AcodeReport"] =
        [
            $"Get-AcodeRecoveryPlan -CorruptedPrefix farmarcas_si_analitico_diario_produtos/ -Reason {Reason} | Start-AcodeDisasterRecovery -Confirm:$false | Export-AcodeReport -Force",
            "Get-AcodeRunbook -Days 1 | Select-Object -First 1 | Export-AcodeReport -Force",
            "Test-AcodeHealth -TimeoutSeconds 10 | Export-AcodeReport -Force",
            "Measure-AcodePerformance -DurationSeconds 1 | Export-AcodeReport -Force",
            "Get-AcodeRunbook -Days 1 | Select-Object -First 1 | Export-AcodeReport -Format Markdown -Force",
            "Get-AcodeRunbook -Days 1 | Select-Object -First 1 | Export-AcodeReport -Format Json -WhatIf",
        ],
        ["Export-AcodeDashboard"] = ["Export-AcodeDashboard Grafana", "Export-AcodeDashboard Datadog ./ -Force", "Export-AcodeDashboard Grafana ./ -WhatIf"],
        ["Send-AcodeMetric"] =
        [
            "Get-AcodeMetric -Category Technical -TimeoutSeconds 60 | Send-AcodeMetric -WhatIf",
            "Get-AcodeMetric acode.secret_age_days, acode.health_check -TimeoutSeconds 60 | Send-AcodeMetric",
        ],
        ["Send-AcodeNotification"] =
        [
            "Send-AcodeNotification canary -Severity Error -WhatIf",
            "Send-AcodeNotification canary -Text \"password=$password\" -Severity Critical -Facts @{ password = $password; url = \"mysql://reader:$($password)@127.0.0.1/\" }",
            "Test-AcodeHealth Source -TimeoutSeconds 30 | Send-AcodeNotification -Channel tickets, oncall",
        ],
        ["Export-AcodeAccessPolicy"] = ["Export-AcodeAccessPolicy", "Export-AcodeAccessPolicy Viewer -Format ExternalSecret; Export-AcodeAccessPolicy Operator -Format MySql", "Export-AcodeAccessPolicy Auditor -Path ./ -Force", "Export-AcodeAccessPolicy -Path ./ -WhatIf"],
        ["Test-AcodeAccess"] = ["Test-AcodeAccess", "Test-AcodeAccess Rotator -Quiet", "Test-AcodeAccess -Cmdlet Get-AcodeAudit"],
        ["Disconnect-AcodeEnvironment"] = ["Disconnect-AcodeEnvironment"],
    };

    /// <summary>The script that runs them all as loudly as they can be, and shows what they give in every way there is.</summary>
    public static string Script => $$"""
        param([string] $Manifest, [string] $PasswordFile, [string] $Project)
        Import-Module $Manifest
        $password = Get-Content $PasswordFile -Raw
        $PSDefaultParameterValues = @{ '*-Acode*:Verbose' = $true; '*-Acode*:Debug' = $true }
        $InformationPreference = 'Continue'
        function Show($seen) {
            $seen | Out-String -Width 400
            if ($seen -is [System.Management.Automation.ErrorRecord]) {
                "FAILED $($seen.FullyQualifiedErrorId)"
                for ($e = $seen.Exception; $e; $e = $e.InnerException) { $e.ToString(); $e | Format-List * -Force | Out-String -Width 400 }
                $seen.ErrorDetails, $seen.TargetObject, $seen.CategoryInfo | Format-List * -Force | Out-String -Width 400
            }
            elseif ($seen -isnot [System.Management.Automation.InformationalRecord]) {
                $seen | Format-List * -Force | Out-String -Width 400
                try { ConvertTo-Json $seen -Depth 5 } catch { "no JSON: $($_.Exception.Message)" }
            }
        }
        {{string.Join('\n', All.Values.SelectMany(lines => lines).Select(line => $$"""
            'RUN {{line.Replace("'", "''", StringComparison.Ordinal)}}'
            & { try { {{line}} } catch { $_ } } *>&1 | ForEach-Object { Show $_ }
            """))}}
        $null = Connect-AcodeEnvironment
        "LENGTH $((Get-AcodeCredential Backup).GetNetworkCredential().Password.Length)"
        'END'
        """;
}
