#Requires -Version 7.4
#Requires -Modules AcodeOps
<#
.SYNOPSIS
    A game day on the rehearsal lab: a drill, then three disasters, each planned, recovered from, reported and returned from.
.DESCRIPTION
    Start the lab first (./build.sh lab up) and play this from the repository's folder: ./build.sh shell Examples/05-GameDay.ps1.
    It breaks what it is pointed at: never point it at anything but a lab.
    Exit codes: 0 all was green, 2 something was not (the table says what), 1 an error.
.PARAMETER EnvironmentFile
    The lab's environment file; without it $env:ACODE_ENVIRONMENT, then ./acode.yaml.
.PARAMETER ReportFolder
    Where the reports are written; by default a new folder beside the temporary files.
#>
param([string] $EnvironmentFile, [string] $ReportFolder)

$ErrorActionPreference = 'Stop'
$which = if ($EnvironmentFile) { @{ Environment = $EnvironmentFile } } else { @{} }
if (-not $ReportFolder) { $ReportFolder = Join-Path ([IO.Path]::GetTempPath()) "acode-game-day-$([guid]::NewGuid())" }
$null = New-Item -ItemType Directory -Path $ReportFolder -Force

# The name of each disaster, what is broken for it, and what the decision must be.
$disasters = @(
    @{ Name = 'the partner dies'; Fault = 'kill', 'primary'; Strategy = 'backup_mysql' }
    @{ Name = 'the bucket is gone'; Fault = 'drop-bucket', 'primary'; Strategy = 'backup_s3' }
    @{ Name = 'the partner hangs'; Fault = 'pause', 'primary'; Strategy = 'backup_mysql' }
)

function Set-Fault([string[]] $Fault) {
    $null = ./build.sh lab fault $Fault
    if ($LASTEXITCODE -ne 0) { throw "The lab did not do '$Fault'." }
}

function Wait-Calm {
    $deadline = (Get-Date).AddMinutes(5)
    while (-not (Test-AcodeHealth -Component Source, Replication, Storage, Airbyte -Quiet)) {
        if ((Get-Date) -gt $deadline) { throw 'The lab does not become healthy again.' }
        Start-Sleep -Milliseconds 500
    }
}

function Get-Score([string] $What, [string] $Strategy, $Run, [bool] $Green) {
    [pscustomobject]@{
        What = $What; Strategy = $Strategy; Green = $Green; 'RTO (s)' = $Run.Result.RtoSeconds
        'Rows missing' = $Run.Runbook -eq 'drill' ? '-' : $Run.Result.RowsMissing ?? 'not known'
    }
}

$null = Connect-AcodeEnvironment @which
try {
    $scores = @(
        $drill = Start-AcodeDisasterRecovery -Drill -Reason 'Game day' -Confirm:$false
        $null = $drill | Export-AcodeReport -Path $ReportFolder
        Get-Score 'drill' $drill.Result.Route $drill ($drill.Status -eq 'Completed' -and $drill.Result.IsComplete)

        foreach ($disaster in $disasters) {
            Wait-Calm
            try {
                Set-Fault $disaster.Fault
                $plan = Get-AcodeRecoveryPlan -TimeoutSeconds 3
                $run = $plan | Start-AcodeDisasterRecovery -Reason "Game day: $($disaster.Name)" -Confirm:$false -WarningAction SilentlyContinue
                $null = $run | Export-AcodeReport -Path $ReportFolder
                Get-Score $disaster.Name $plan.Strategy $run ($plan.Strategy -eq $disaster.Strategy -and $run.Status -eq 'Completed')
            }
            finally {
                Set-Fault clear
            }

            # The way back is a switch as any other.
            Wait-Calm
            $null = Invoke-AcodeFailover primary -Reason 'Game day: the way back' -Confirm:$false
        }
    )

    $scores | Format-Table -AutoSize
    "Reports: $ReportFolder"
    exit ($scores.Green -contains $false ? 2 : 0)
}
catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 1
}
finally { Disconnect-AcodeEnvironment }
