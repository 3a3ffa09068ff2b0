#Requires -Version 7.4
#Requires -Modules AcodeOps
<#
.SYNOPSIS
    Switches to the first usable route when the active one's source is down. For a scheduled task or a runbook.
.DESCRIPTION
    Three probes in a row must find the source down, by an outage and by nothing else: a wrong password switches nothing.
    Exit codes: 0 nothing to do, 2 switched, 1 it could not be switched (the error says why).
.PARAMETER EnvironmentFile
    The environment file; without it $env:ACODE_ENVIRONMENT, then ./acode.yaml.
#>
param([string] $EnvironmentFile)

$ErrorActionPreference = 'Stop'
$which = if ($EnvironmentFile) { @{ Environment = $EnvironmentFile } } else { @{} }
$null = Connect-AcodeEnvironment @which
try {
    $active = @(Get-AcodeRoute -Active)
    if ($active.Count -ne 1) { throw "$($active.Count) routes are active." }
    foreach ($probe in 1..3) {
        $down = Test-AcodeHealth -Component Source | Where-Object { $_.Target -eq $active.Source -and $_.IsOutage }
        if (-not $down) { "Source $($active.Source) is not down."; exit 0 }
        Start-Sleep -Seconds 1
    }

    $down | Write-AcodeAudit -Reason 'Down in three probes' | Out-Null
    $run = Invoke-AcodeFailover -Reason 'Source down in three probes' -Confirm:$false
    "Data lands in $($run.Result.Location) since $($run.Result.FirstRowAt), $($run.Result.RtoSeconds) s after the fault."
    exit 2
}
finally { Disconnect-AcodeEnvironment }
