#Requires -Version 7.4
#Requires -Modules AcodeOps
<#
.SYNOPSIS
    A health check for a scheduled task or a pipeline step.
.DESCRIPTION
    Prints what is not healthy, puts it into the audit trail, and ends with an exit code:
    0 everything healthy, 2 something is not, 1 the check itself could not run.
.PARAMETER EnvironmentFile
    The environment file; without it $env:ACODE_ENVIRONMENT, then ./acode.yaml.
#>
param([string] $EnvironmentFile)

$ErrorActionPreference = 'Stop'
$which = if ($EnvironmentFile) { @{ Environment = $EnvironmentFile } } else { @{} }
$null = Connect-AcodeEnvironment @which
try {
    $troubled = @(Test-AcodeHealth -TimeoutSeconds 10 | Where-Object Verdict -NE Healthy)
    if ($troubled.Count -eq 0) { 'Everything is healthy.'; exit 0 }
    $troubled
    $troubled | Write-AcodeAudit -EventType IncidentDetected -Reason 'Scheduled health check' | Out-Null
    exit 2
}
finally { Disconnect-AcodeEnvironment }
