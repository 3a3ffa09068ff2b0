#Requires -Version 7.4
#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Registers the weekly maintenance with the Windows Task Scheduler.
.PARAMETER Folder
    The folder that holds 04-Maintenance.ps1 and acode.yaml; reports are written to its folder reports.
.PARAMETER Account
    The account that runs it. A group managed service account has no password to keep: DOMAIN\acode$.
#>
param(
    [Parameter(Mandatory)] [string] $Folder,
    [Parameter(Mandatory)] [string] $Account
)

$ErrorActionPreference = 'Stop'
$pwsh = (Get-Command pwsh.exe).Source
$arguments = '-NoProfile -NonInteractive -File "{0}" -EnvironmentFile "{1}" -ReportFolder "{2}" -Notify' -f (Join-Path $Folder '04-Maintenance.ps1'), (Join-Path $Folder 'acode.yaml'), (Join-Path $Folder 'reports')
$task = @{
    TaskName  = 'AcodeOps weekly maintenance'
    Action    = New-ScheduledTaskAction -Execute $pwsh -Argument $arguments -WorkingDirectory $Folder
    Trigger   = New-ScheduledTaskTrigger -Weekly -DaysOfWeek Sunday -At '03:30'
    Principal = New-ScheduledTaskPrincipal -UserId $Account -LogonType Password -RunLevel Limited
    # One that was missed, as the machine was off, is made up for; a second one does not begin beside the first.
    Settings  = New-ScheduledTaskSettingsSet -StartWhenAvailable -MultipleInstances IgnoreNew -ExecutionTimeLimit (New-TimeSpan -Hours 6) -RestartCount 2 -RestartInterval (New-TimeSpan -Minutes 30)
}
Register-ScheduledTask @task -Force
