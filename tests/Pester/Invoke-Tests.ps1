#Requires -Version 7.4
<#
.SYNOPSIS
    Runs the tests of this folder over the packed module, in this PowerShell.
.DESCRIPTION
    For any machine with pwsh 7.4 or later and Pester 5 or later; ./build.sh package (or build.ps1 Package) makes the module first.
    Tests that need servers run where $env:ACODE_LAB names the folder of a lab (./build.sh lab up), and are skipped elsewhere.
.PARAMETER Pester
    The manifest of Pester; without it the one that is installed.
.PARAMETER Report
    A file that takes the counts.
#>
param([string] $Pester = 'Pester', [string] $Report)

$ErrorActionPreference = 'Stop'
Import-Module $Pester -MinimumVersion 5.0
if (-not $env:ACODE_MODULE) { $env:ACODE_MODULE = Join-Path $PSScriptRoot '../../out/AcodeOps/AcodeOps.psd1' }

$configuration = New-PesterConfiguration
$configuration.Run.Path = $PSScriptRoot
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'Plaintext'
$result = Invoke-Pester -Configuration $configuration

# A file that could not be read, or a block whose preparation failed, has no test that failed.
$failed = $result.FailedCount + $result.FailedContainersCount + $result.FailedBlocksCount
if ($Report) {
    @{ passed = $result.PassedCount; failed = $failed; skipped = $result.SkippedCount + $result.NotRunCount + $result.InconclusiveCount } | ConvertTo-Json | Set-Content $Report
}

exit ($failed -gt 0 ? 1 : 0)
