#Requires -Version 7.4
#Requires -Modules AcodeOps
<#
.SYNOPSIS
    Recovers ingestion where that is known to help. For a scheduled task, a pipeline step or a runbook automation account.
.DESCRIPTION
    Looks several times, decides, and switches only to a route that can be used. What it does not know switches nothing.
    Exit codes: 0 nothing to do, 2 recovered, 3 full disaster (people are needed), 1 anything else (the error says what).
.PARAMETER EnvironmentFile
    The environment file; without it $env:ACODE_ENVIRONMENT, then ./acode.yaml.
#>
param([string] $EnvironmentFile)

$ErrorActionPreference = 'Stop'
$which = if ($EnvironmentFile) { @{ Environment = $EnvironmentFile } } else { @{} }
$null = Connect-AcodeEnvironment @which
try {
    $plan = Get-AcodeRecoveryPlan
    "$($plan.Strategy): $($plan.Decision.Reason)"
    $plan.Findings | Format-List Severity, Target, Message, Remedy
    if ($plan.Strategy -eq 'none') { exit 0 }

    $run = $plan | Start-AcodeDisasterRecovery -Reason 'Unattended recovery' -Confirm:$false
    "Data lands in $($run.Result.Location) since $($run.Result.FirstRowAt), $($run.Result.RtoSeconds) s after the fault."
    exit 2
}
catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit ($_.FullyQualifiedErrorId -like 'FullDisasterRecovery*' ? 3 : 1)
}
finally { Disconnect-AcodeEnvironment }
