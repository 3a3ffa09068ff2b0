#!/usr/bin/env pwsh
<#
.SYNOPSIS
The tasks of this repository, for those who have PowerShell: the same as those of build.sh.
.EXAMPLE
./build.ps1 -Task Test
.EXAMPLE
./build.ps1 Test Core
#>
#Requires -Version 7.4
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Demo', 'Test', 'Package', 'Lab', 'Shell', 'Bench', 'Format')]
    [string] $Task = 'Build',

    [Parameter(Position = 1, ValueFromRemainingArguments)]
    [string[]] $Arguments = @()
)

$ErrorActionPreference = 'Stop'
Push-Location $PSScriptRoot
try {
    if ($Task -eq 'Build') {
        dotnet build AcodeOps.sln -c Release --nologo
        exit $LASTEXITCODE
    }

    # The driver is the lab's own program, compiled ahead for this machine.
    dotnet publish src/AcodeOps.Lab -c Release -v q --nologo '-clp:NoSummary' '-p:ForThisMachine=true' -o out/lab
    if ($LASTEXITCODE -ne 0) {
        exit $LASTEXITCODE
    }

    if ($Task -eq 'Shell') {
        dotnet out/lab/AcodeOps.Lab.dll package --quiet
        if ($LASTEXITCODE -ne 0) {
            exit $LASTEXITCODE
        }

        Import-Module ./out/AcodeOps/AcodeOps.psd1 -Global
        return
    }

    # The lab's servers are Linux programs: elsewhere the module is tested by what needs none of them.
    if ($Task -eq 'Test' -and -not $IsLinux) {
        dotnet out/lab/AcodeOps.Lab.dll package --quiet
        if ($LASTEXITCODE -ne 0) {
            exit $LASTEXITCODE
        }

        & ./tests/Pester/Invoke-Tests.ps1
        exit $LASTEXITCODE
    }

    dotnet out/lab/AcodeOps.Lab.dll $Task.ToLowerInvariant() @Arguments
    exit $LASTEXITCODE
}
finally {
    Pop-Location
}
