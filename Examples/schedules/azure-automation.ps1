#Requires -Version 7.4
#Requires -Modules AcodeOps
<#
.SYNOPSIS
    The weekly maintenance as a runbook of Azure Automation (PowerShell 7.4), on a hybrid worker in the network of Airbyte and the databases.
.DESCRIPTION
    Variables of the account: AcodeFolder, the worker's folder that holds acode.yaml and 04-Maintenance.ps1. Link it to a weekly schedule. The job fails
    where a task failed, so that an alert on failed jobs tells it. AWS is entered by what the worker has: a role of the machine, or a profile.
#>
$ErrorActionPreference = 'Stop'
$folder = Get-AutomationVariable -Name AcodeFolder
& (Join-Path $folder '04-Maintenance.ps1') -EnvironmentFile (Join-Path $folder 'acode.yaml') -ReportFolder (Join-Path $folder 'reports') -Notify
if ($LASTEXITCODE) { throw "The weekly maintenance ended with code $LASTEXITCODE." }
