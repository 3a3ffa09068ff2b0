#Requires -Version 7.4
#Requires -Modules AcodeOps
<#
.SYNOPSIS
    The weekly maintenance, for whatever starts things on time: Windows Task Scheduler, a systemd timer, cron, Azure Automation, a Kubernetes CronJob.
.DESCRIPTION
    Runs the maintenance and writes its report. Where the last one was cut off, or tasks of it failed, less than a day ago, that one is gone on with
    in place of a new one. Ends with an exit code: 0 done, and nothing failed; 2 a task failed; 1 it could not be run.
.PARAMETER EnvironmentFile
    The environment file; without it $env:ACODE_ENVIRONMENT, then ./acode.yaml.
.PARAMETER ReportFolder
    Where the reports are written; it is made where it is missing.
.PARAMETER Skip
    Tasks to leave out.
.PARAMETER MeasureSeconds
    How long performance is measured.
.PARAMETER Notify
    Tell the environment's notification channels where a task failed.
#>
param(
    [string] $EnvironmentFile,
    [string] $ReportFolder = 'acode-reports',
    [string[]] $Skip = @(),
    [int] $MeasureSeconds = 60,
    [switch] $Notify
)

$ErrorActionPreference = 'Stop'
$which = if ($EnvironmentFile) { @{ Environment = $EnvironmentFile } } else { @{} }
$null = Connect-AcodeEnvironment @which
try {
    $null = New-Item $ReportFolder -ItemType Directory -Force
    $left = Get-AcodeRunbook -Unfinished -Days 1 | Where-Object Runbook -EQ maintenance | Select-Object -First 1

    # A run that failed is an output too, beside the error: it has a report, and can be gone on with.
    $made = $null
    try {
        if ($left) {
            $null = Resume-AcodeRunbook $left.RunId -Reason 'Scheduled maintenance' -Confirm:$false -OutVariable made
        }
        else {
            $choice = if ($Skip) { @{ Skip = $Skip } } else { @{} }
            $null = Invoke-AcodeMaintenance @choice -MeasureSeconds $MeasureSeconds -Reason 'Scheduled maintenance' -Confirm:$false -OutVariable made
        }
    }
    catch {
        if (-not $made) { throw }
    }

    $run = $made[0]
    $run.Result.Outcomes
    (Export-AcodeReport $run -Path $ReportFolder -Force).FullName
    if ($run.Status -eq 'Completed') { exit 0 }
    Write-Warning "$($run.Error) $($run.Advice)"
    if ($Notify) { $null = Send-AcodeNotification "The weekly maintenance failed: $($run.RunId)" "$($run.Error) $($run.Advice)" -Severity Error }
    exit 2
}
finally { Disconnect-AcodeEnvironment }
