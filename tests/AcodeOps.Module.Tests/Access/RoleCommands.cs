namespace AcodeOps.Module.Tests.Access;

/// <summary>
/// How each cmdlet is run by somebody who has a role's policy and no other permission. A line fails by an error, by a warning, or by
/// what it throws. <c>$folder</c> is a folder of its own, <c>$project</c> configures Airbyte as it is. In the order of how long they take.
/// </summary>
internal static class RoleCommands
{
    private const string Healthy = "if ($bad) { throw (($bad | ForEach-Object { '{0} {1}' -f $_, $_.ErrorId }) -join ' | ') }";

    // What a bucket does by itself is evidence, and no verdict hangs on it.
    private const string Told = "$untold = @($seen.Evidence | Where-Object { $_ -like 'not told:*' }); if ($untold) { throw $untold }";

    // Without leave to write, whether a storage can be written is not known.
    private const string Looked = "$bad = @($seen | Where-Object { $_.Verdict -ne 'Healthy' -and -not ($_.Component -eq 'Storage' -and $_.Summary -like 'we may not write here:*') }); " + Healthy;

    private const string Refused = "if ($refused) { throw ($refused | Out-String) }";

    private static readonly (string Cmdlet, AccessRole Roles, string Script)[] All =
    [
        ("Get-AcodeRoute", AccessRole.Viewer | AccessRole.Operator, "if (-not (Get-AcodeRoute -Active)) { throw 'no route' }"),
        ("Get-AcodeConnection", AccessRole.Viewer | AccessRole.Operator, "if (-not (Get-AcodeConnection)) { throw 'no connection' }"),
        ("Get-AcodeSync", AccessRole.Viewer | AccessRole.Operator, "if (-not (Get-AcodeSync)) { throw 'no sync' }"),
        ("Wait-AcodeSync", AccessRole.Viewer | AccessRole.Operator, "Get-AcodeRoute -Active | Get-AcodeSync -Newest 1 | Wait-AcodeSync -TimeoutMinutes 1"),
        ("Get-AcodeReplication", AccessRole.Viewer | AccessRole.Operator, "if (-not (Get-AcodeReplication)) { throw 'no replication' }"),
        ("Get-AcodeCredential", AccessRole.Rotator, "if (@(Get-AcodeCredential).Count -ne 3) { throw 'not three' }"),
        ("Find-AcodeSecret", AccessRole.Viewer | AccessRole.Operator | AccessRole.Rotator, "Find-AcodeSecret -Live"),
        ("Get-AcodeRunbook", AccessRole.Viewer | AccessRole.Operator | AccessRole.Auditor | AccessRole.Rotator, "if (-not (Get-AcodeRunbook -Days 2)) { throw 'no run' }"),
        ("Export-AcodeReport", AccessRole.Viewer | AccessRole.Operator | AccessRole.Auditor, "Get-AcodeRunbook -Days 2 | Where-Object Title -like 'Drill:*' | Select-Object -First 1 | Export-AcodeReport -Path $folder -Force"),
        ("Get-AcodeAudit", AccessRole.Viewer | AccessRole.Operator | AccessRole.Auditor, "if (-not (Get-AcodeAudit)) { throw 'no record' }"),
        ("Test-AcodeAudit", AccessRole.Viewer | AccessRole.Operator | AccessRole.Auditor,
            "$audit = Test-AcodeAudit; $unread = @($audit.Faults | Where-Object Kind -eq Unreadable); if ($unread) { throw ($unread -join ' | ') }; if ($audit.Digests -lt 1) { throw 'no digest' }"),
        ("Send-AcodeNotification", AccessRole.Operator, "Send-AcodeNotification rehearsal -Severity Critical"),
        ("Write-AcodeAudit", AccessRole.Operator | AccessRole.Rotator, "Write-AcodeAudit IncidentDetected rehearsal -Reason rehearsal"),
        ("Sync-AcodeAudit", AccessRole.Operator | AccessRole.Rotator, "Sync-AcodeAudit; if (@(Get-ChildItem $spool | Where-Object Name -like 'acode_audit+*')) { throw 'records wait' }"),
        ("Set-AcodeCredential", AccessRole.Rotator,
            "$c = Get-AcodeCredential Backup; Set-AcodeCredential Backup -Credential $c -HostName \"127.0.0.$(Get-Random -Minimum 2 -Maximum 250)\" -Confirm:$false; Set-AcodeCredential Backup -Credential $c -HostName 127.0.0.1 -Confirm:$false"),
        ("Test-AcodeHealth", AccessRole.Viewer, "$seen = Test-AcodeHealth -TimeoutSeconds 30; " + Looked + "; " + Told),
        ("Test-AcodeHealth", AccessRole.Operator, "$seen = Test-AcodeHealth -TimeoutSeconds 30; $bad = @($seen | Where-Object Verdict -ne Healthy); " + Healthy + "; " + Told),
        ("Get-AcodeMetric", AccessRole.Viewer, "$refused = @(Get-AcodeMetric -TimeoutSeconds 60 | Where-Object { $_.Cause -eq 'Permission' -and $_.Name -notlike 'acode.s3_*_response_time' }); " + Refused),
        ("Get-AcodeMetric", AccessRole.Operator, "$refused = @(Get-AcodeMetric -TimeoutSeconds 60 | Where-Object Cause -eq Permission); " + Refused),
        ("Test-AcodeAlertRule", AccessRole.Viewer, "$global:refused = @(Get-AcodeMetric -TimeoutSeconds 60 | Where-Object { $_.Cause -eq 'Permission' -and $_.Name -notlike 'acode.s3_*_response_time' }); Test-AcodeAlertRule -TimeoutSeconds 60 | Out-Null; " + Refused),
        ("Test-AcodeAlertRule", AccessRole.Operator, "$global:refused = @(Get-AcodeMetric -TimeoutSeconds 60 | Where-Object Cause -eq Permission); Test-AcodeAlertRule -TimeoutSeconds 60 | Out-Null; " + Refused),
        ("Publish-AcodeAlertRule", AccessRole.Operator, "if (@(Publish-AcodeAlertRule -Confirm:$false | Where-Object ErrorId)) { throw 'not published' }"),
        ("Get-AcodeSlowQuery", AccessRole.Viewer | AccessRole.Operator, "Get-AcodeSlowQuery -Source Backup -Top 3 | Out-Null"),
        ("Measure-AcodePerformance", AccessRole.Viewer | AccessRole.Operator, "Measure-AcodePerformance -DurationSeconds 1 -SampleIntervalSeconds 1 | Out-Null"),
        ("Test-AcodeDataQuality", AccessRole.Viewer | AccessRole.Operator, "$refused = @((Test-AcodeDataQuality).Rules + (Test-AcodeDataQuality -Lake).Rules | Where-Object Verdict -eq Unknown | Where-Object ErrorId -ne QualityNotMeasured); " + Refused),
        ("Test-AcodeDataQuality", AccessRole.Operator, "if (-not (Test-AcodeDataQuality *diario -Record).Manifest) { throw 'not recorded' }"),
        ("Compare-AcodeData", AccessRole.Viewer | AccessRole.Operator, "$refused = @(Compare-AcodeData; Compare-AcodeData *diario -Replica) | Where-Object ErrorId -notin $null, SnapshotNotCertain, LakeInMotion, RowsUndecided; " + Refused),
        ("Test-AcodeMySqlConfiguration", AccessRole.Viewer | AccessRole.Operator, "Test-AcodeMySqlConfiguration | Out-Null"),
        ("Set-AcodeMySqlConfiguration", AccessRole.Rotator, "Set-AcodeMySqlConfiguration Primary -Reason rehearsal -Confirm:$false | Out-Null"),
        ("Test-AcodeIndex", AccessRole.Viewer | AccessRole.Operator, "Test-AcodeIndex | Out-Null"),
        ("New-AcodeIndex", AccessRole.Rotator, "New-AcodeIndex Backup farmarcas_si_analitico_diario_complemento Data_Processamento -Reason rehearsal -Confirm:$false | Out-Null"),
        ("Test-AcodeConfiguration", AccessRole.Viewer | AccessRole.Operator, "if (-not (Test-AcodeConfiguration $project -Quiet)) { throw (Test-AcodeConfiguration $project | Out-String) }"),
        ("Import-AcodeConfiguration", AccessRole.Viewer | AccessRole.Operator, "Import-AcodeConfiguration \"$folder/live\" -Force"),
        ("Compare-AcodeConfiguration", AccessRole.Viewer | AccessRole.Operator, "Compare-AcodeConfiguration $project"),
        ("Backup-AcodeConfiguration", AccessRole.Operator, "Backup-AcodeConfiguration"),
        ("Publish-AcodeConfiguration", AccessRole.Operator, "Publish-AcodeConfiguration $project -Confirm:$false"),
        ("Restore-AcodeConfiguration", AccessRole.Operator, "Restore-AcodeConfiguration -Confirm:$false"),
        ("Get-AcodeRecoveryPlan", AccessRole.Viewer | AccessRole.Operator, "Get-AcodeRecoveryPlan"),
        ("Watch-AcodeHealth", AccessRole.Viewer, "Watch-AcodeHealth -PassThru -DurationSeconds 2 -TimeoutSeconds 30 | Out-Null"),
        ("Watch-AcodeHealth", AccessRole.Operator, "Watch-AcodeHealth -AutoFailover -PassThru -DurationSeconds 2 -TimeoutSeconds 30 -Confirm:$false | Out-Null"),
        ("Invoke-AcodeCredentialRotation", AccessRole.Rotator, "Invoke-AcodeCredentialRotation Backup -LiftSuperReadOnly -Confirm:$false"),
        ("Resume-AcodeRunbook", AccessRole.Rotator, "Get-AcodeRunbook -Days 1 | Where-Object Title -like 'Rotate *' | Select-Object -First 1 | Resume-AcodeRunbook -Confirm:$false"),
        ("Undo-AcodeRunbook", AccessRole.Rotator, "Get-AcodeRunbook -Days 1 | Where-Object Title -like 'Rotate *' | Select-Object -First 1 | Undo-AcodeRunbook -Confirm:$false"),
        ("Start-AcodeSync", AccessRole.Operator, "Start-AcodeSync -Wait -TimeoutMinutes 2"),
        ("Stop-AcodeSync", AccessRole.Operator, "Get-AcodeRoute -Active | Get-AcodeSync -Newest 1 | Stop-AcodeSync -Confirm:$false"),
        ("Move-AcodeData", AccessRole.Operator,
            "$moved = Move-AcodeData farmarcas_si_analitico_diario_produtos/ -Reason rehearsal -Confirm:$false; $moved | Move-AcodeData -Return -Confirm:$false"),
        // The rehearsal itself takes records and digests away, which the maintenance rightly tells.
        ("Invoke-AcodeMaintenance", AccessRole.Operator, """
            try { $null = Invoke-AcodeMaintenance -MeasureSeconds 1 -Reason rehearsal -Confirm:$false -OutVariable run } catch { if (-not $run) { throw } }
            $wrong = @($run[0].Steps | Where-Object { $_.ErrorId -and $_.ErrorId -ne 'MaintenanceTaskFailed' } | ForEach-Object Error) + @($run[0].Result.Findings | Where-Object { $_.Severity -eq 'Error' -and ($_.Rule -notlike 'Audit*' -or $_.Rule -eq 'AuditUnreadable') })
            if ($wrong) { throw ($wrong -join '; ') }
            """),
        ("Clear-AcodeStorage", AccessRole.Operator, "Clear-AcodeStorage temp/ -OlderThanDays 7 -Reason rehearsal -Confirm:$false; Clear-AcodeStorage temp/ -Storage Quarantine -OlderThanDays 7 -Reason rehearsal -Confirm:$false"),
        ("Repair-AcodeData", AccessRole.Operator,
            "Start-AcodeSync -Wait -TimeoutMinutes 2; Start-Sleep 4; Start-AcodeSync -Wait -TimeoutMinutes 2; $null = Move-AcodeData farmarcas_si_analitico_diario_produtos/ -Reason rehearsal -Confirm:$false; $run = Repair-AcodeData *produtos -Source Primary -AllowUnvalidated -Confirm:$false; if ($run.Status -ne 'Completed') { throw ($run | Out-String) }"),
        ("Export-AcodeData", AccessRole.Operator, "$copy = Export-AcodeData *produtos -Days 1 -Reason rehearsal -Confirm:$false; if ($copy.Status -ne 'Completed') { throw $copy.Status }"),
        ("Undo-AcodeRunbook", AccessRole.Operator, "Get-AcodeRunbook -Days 1 | Where-Object Title -like 'Copy *' | Select-Object -First 1 | Undo-AcodeRunbook -Confirm:$false"),
        ("Invoke-AcodeFailover", AccessRole.Operator, "Invoke-AcodeFailover backup_mysql -Confirm:$false; Invoke-AcodeFailover primary -Confirm:$false"),
        ("Invoke-AcodeFailover", AccessRole.Operator, "Invoke-AcodeFailover backup_s3 -Confirm:$false; Invoke-AcodeFailover primary -Confirm:$false"),
        ("Resume-AcodeRunbook", AccessRole.Operator, "Get-AcodeRunbook -Days 1 | Select-Object -First 1 | Resume-AcodeRunbook -Confirm:$false"),
        ("Test-AcodeDeployment", AccessRole.Operator, "$bad = @(Test-AcodeDeployment After $project -TimeoutSeconds 60 | Where-Object Verdict -ne Healthy); " + Healthy),
        ("Start-AcodeDisasterRecovery", AccessRole.Operator, "Start-AcodeDisasterRecovery -Drill -Confirm:$false"),
    ];

    /// <summary>The lines of a role.</summary>
    public static IEnumerable<(string Cmdlet, string Script)> Of(AccessRole role) => All.Where(line => (line.Roles & role) != 0).Select(line => (line.Cmdlet, line.Script));
}
