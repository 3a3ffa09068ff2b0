#Requires -Version 7.4
#Requires -Modules AcodeOps
<#
.SYNOPSIS
    Deploys Airbyte's configuration from files, stage by stage: in a pipeline, or by hand.
.DESCRIPTION
    Validate  judges the files; in a pipeline the findings become annotations, and with -SarifPath a file for code scanning.
    Plan      tells what publishing would change, and changes nothing.
    Publish   looks whether the deployment may begin, and applies the files. It asks nobody: to approve is the pipeline's part.
    Test      runs a sync, and looks whether it lands what the files say.
    Exit codes: 0 good, 1 refused or failed (the output says why), 2 Plan has found differences, which is no error.
.PARAMETER Stage
    What to do.
.PARAMETER Environment
    The environment: its name in ./acode.yaml, or the path of a file; without it $env:ACODE_ENVIRONMENT, then ./acode.yaml.
.PARAMETER Path
    The project's folder; without it the one that the environment names.
.PARAMETER SummaryPath
    A file that the results are added to as Markdown tables; on GitHub, by default, the job's summary.
.PARAMETER SarifPath
    Validate writes the findings there.
#>
param(
    [Parameter(Mandatory)]
    [ValidateSet('Validate', 'Plan', 'Publish', 'Test')]
    [string] $Stage,
    [string] $Environment,
    [string] $Path,
    [string] $SummaryPath = $env:GITHUB_STEP_SUMMARY,
    [string] $SarifPath
)

$ErrorActionPreference = 'Stop'
$which = if ($Environment) { @{ Environment = $Environment } } else { @{} }
$where = if ($Path) { @{ Path = $Path } } else { @{} }

# A server's text may hold what Markdown takes for its own.
function ConvertTo-Cell($Value) {
    "$Value" -replace '[\r\n]+', ' ' -replace '&', '&amp;' -replace '<', '&lt;' -replace '([\\|`\[\]*_@])', '\$1'
}

function Add-Summary([string] $Title, [string[]] $Column, [object[]] $Row) {
    if (-not $SummaryPath) { return }
    $lines = @(
        "### $Title ($Stage$(if ($Environment) { " $Environment" }))"
        ''
        if ($Row) {
            "| $($Column -join ' | ') |"
            "|$('---|' * $Column.Count)"
            foreach ($item in $Row) { "| $(($Column | ForEach-Object { ConvertTo-Cell $item.$_ }) -join ' | ') |" }
        }
        else { 'None.' }
        ''
    )
    Add-Content -Path $SummaryPath -Value $lines
}

function Get-ExitCode([object[]] $Check) {
    Add-Summary 'Checks' Component, Target, Verdict, Summary, Remedy $Check
    if ($Check.Verdict -contains 'Failed' -or $Check.Verdict -contains 'Unknown') { 1 } else { 0 }
}

$null = Connect-AcodeEnvironment @which
try {
    switch ($Stage) {
        'Validate' {
            $findings = @(Test-AcodeConfiguration @where)
            $format = if ($env:GITHUB_ACTIONS) { 'GitHub' } elseif ($env:TF_BUILD) { 'AzureDevOps' }
            if ($format) { $findings | Export-AcodeReport -Format $format } else { $findings }
            if ($SarifPath) { $null = $findings | Export-AcodeReport -Format Sarif -Path $SarifPath -Force }
            Add-Summary 'Findings' Severity, Rule, File, Line, Message, Remedy $findings
            exit ($findings.Severity -contains 'Error' ? 1 : 0)
        }
        'Plan' {
            Compare-AcodeConfiguration @where -IncludeSecret -OutVariable changes
            # Refuses what publishing would refuse, and shows the steps.
            $run = Publish-AcodeConfiguration @where -WhatIf
            Add-Summary 'Changes' Action, Origin, Kind, Name, Field, Live, Desired, Note $changes
            Add-Summary 'Steps' Title $run.Steps
            exit (@($changes | Where-Object Action -NE Leave).Count -gt 0 ? 2 : 0)
        }
        'Publish' {
            Test-AcodeDeployment Before @where -OutVariable checks
            if ((Get-ExitCode $checks) -ne 0) { throw 'The deployment may not begin: see what is Failed or Unknown. Nothing was changed.' }
            $commit = $env:GITHUB_SHA ?? $env:BUILD_SOURCEVERSION ?? 'files at hand'
            $run = Publish-AcodeConfiguration @where -Reason "Deployment of $commit" -Confirm:$false
            "$run. $($run.Result)"
            $run.Warnings
            Add-Summary 'Steps' Title, Status $run.Steps
            exit ($run.Status -eq 'Completed' ? 0 : 1)
        }
        'Test' {
            Test-AcodeDeployment After -Sync @where -OutVariable checks
            $code = Get-ExitCode $checks
            if ($code -ne 0) { 'Restore-AcodeConfiguration sets Airbyte back as it was before the deployment; -ListAvailable shows the backups, -WhatIf the plan.' }
            exit $code
        }
    }
}
catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 1
}
finally { Disconnect-AcodeEnvironment }
