BeforeDiscovery {
    $noLab = -not $env:ACODE_LAB
}

# The lab is one installation: its tests build on each other, as a night's work does.
Describe 'An installation' -Skip:$noLab {
    BeforeAll {
        Import-Module $env:ACODE_MODULE -Force
        $root = Split-Path (Split-Path $PSScriptRoot)
        $env:PSModulePath = "$(Split-Path (Split-Path $env:ACODE_MODULE))$([IO.Path]::PathSeparator)$env:PSModulePath"
        $null = Connect-AcodeEnvironment (Join-Path $env:ACODE_LAB 'acode.yaml')
        $pwsh = $env:ACODE_PWSH ? $env:ACODE_PWSH : (Get-Command pwsh).Source

        function Invoke-Example([string] $Name) {
            Push-Location $root
            try { & $pwsh -NoProfile -NonInteractive -File (Join-Path 'Examples' $Name) @args 2>&1 | Out-String }
            finally { Pop-Location }
        }

        function Set-LabFault {
            Push-Location $root
            try {
                $said = & ./build.sh lab fault @args 2>&1 | Out-String
                if ($LASTEXITCODE -ne 0) { throw $said }
            }
            finally { Pop-Location }
        }

        function Wait-Healthy([string[]] $Component) {
            foreach ($attempt in 1..240) {
                if (Test-AcodeHealth -Component $Component -Quiet) { return }
                Start-Sleep -Milliseconds 500
            }

            throw (Test-AcodeHealth -Component $Component | Where-Object Verdict -ne Healthy | Out-String)
        }
    }

    AfterAll {
        Disconnect-AcodeEnvironment
    }

    It 'rehearses its recovery, which leaves nothing' {
        $before = Get-AcodeConnection
        $drill = Start-AcodeDisasterRecovery -Drill -Reason 'Pester' -Confirm:$false
        $drill.Status | Should -Be 'Completed'
        $drill.Result.IsCleanedUp | Should -BeTrue
        @(Get-AcodeConnection).Count | Should -Be @($before).Count
    }

    It 'is healthy, in a table that names each part' {
        $seen = Test-AcodeHealth -TimeoutSeconds 30
        @($seen | Where-Object Verdict -ne Healthy) | Should -BeNullOrEmpty
        Test-AcodeHealth -TimeoutSeconds 30 -Quiet | Should -BeTrue
        $seen | Out-String | Should -BeLike '*Component*Target*Verdict*'
        ([xml]($seen | Export-AcodeReport -Path (Join-Path $TestDrive 'health.xml') -Format JUnit | Get-Content -Raw)).DocumentElement | Should -Not -BeNullOrEmpty
    }

    It 'has wide tables for wide terminals' {
        Test-AcodeHealth -Component Source | Format-Table -View Wide | Out-String -Width 400 | Should -BeLike '*Threshold*ErrorId*Evidence*'
        Get-AcodeRoute | Format-Table -View Wide | Out-String -Width 400 | Should -BeLike "*ConnectionId*$((Get-AcodeRoute -Active).ConnectionId)*"
        Get-AcodeRoute -Active | Get-AcodeSync -Newest 1 | Format-Table -View Wide | Out-String -Width 400 | Should -BeLike '*UpdatedAt*Bytes*'
        Get-AcodeRunbook | Format-Table -View Wide | Out-String -Width 400 | Should -BeLike '*StartedBy*Pester*'
    }

    It 'colours a verdict where colours are wanted, and nowhere else' {
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            Test-AcodeHealth -Component Source | Out-String | Should -BeLike "*$([char]27)*"
            $PSStyle.OutputRendering = 'PlainText'
            Test-AcodeHealth -Component Source | Out-String | Should -Not -BeLike "*$([char]27)*"
        }
        finally {
            $PSStyle.OutputRendering = $before
        }
    }

    It 'tells under -WhatIf what a switch would do, and does nothing' {
        $active = (Get-AcodeRoute -Active).Name
        Invoke-AcodeFailover -WhatIf | Out-Null
        (Get-AcodeRoute -Active).Name | Should -Be $active
    }

    It 'switches and comes back by the same command, with proof' {
        $there = Get-AcodeRoute | Where-Object Name -eq backup_mysql | Invoke-AcodeFailover -Reason 'Pester' -Confirm:$false
        $there.Status | Should -Be 'Completed'
        (Get-AcodeRoute -Active).Name | Should -Be 'backup_mysql'
        (Invoke-AcodeFailover primary -Reason 'Pester' -Confirm:$false).Status | Should -Be 'Completed'
        (Get-AcodeRoute -Active).Name | Should -Be 'primary'
    }

    It 'measures how fresh its data is' {
        $freshness = Get-AcodeMetric -Name '*freshness*'
        @($freshness).Count | Should -BeGreaterThan 0
        $freshness | ConvertTo-Json -Depth 3 | ConvertFrom-Json | Should -Not -BeNullOrEmpty
    }

    It 'has a trail that proves itself' {
        $record = Write-AcodeAudit DataAccess 'Pester' -Reason 'test'
        $record.Id | Should -Not -BeNullOrEmpty
        (Test-AcodeAudit).Faults | Should -BeNullOrEmpty
    }

    It 'is looked at by Examples/01-Health.ps1' {
        Invoke-Example '01-Health.ps1' | Should -BeLike '*healthy*'
        $LASTEXITCODE | Should -Be 0
    }

    It 'is left alone by 02 and 03 while it is well' {
        Invoke-Example '02-Failover.ps1' | Should -BeLike '*not down*'
        $LASTEXITCODE | Should -Be 0
        Invoke-Example '03-Recovery.ps1' | Should -BeLike 'none:*'
        $LASTEXITCODE | Should -Be 0
    }

    It 'is switched by <Script> when its source has died' -ForEach @(
        @{ Script = '02-Failover.ps1'; Said = '*Data lands in*' }
        @{ Script = '03-Recovery.ps1'; Said = '*backup_mysql:*Data lands in*' }
    ) {
        Set-LabFault kill primary
        try {
            Invoke-Example $Script | Should -BeLike $Said
            $LASTEXITCODE | Should -Be 2
        }
        finally {
            Set-LabFault clear
        }

        Wait-Healthy Source, Replication
        (Invoke-AcodeFailover primary -Reason 'Pester' -Confirm:$false).Status | Should -Be 'Completed'
    }

    It 'is maintained by 04, which leaves its report' {
        $reports = Join-Path $TestDrive 'maintenance'
        $said = Invoke-Example '04-Maintenance.ps1' -ReportFolder $reports -MeasureSeconds 1
        $LASTEXITCODE | Should -Be 0 -Because $said
        @(Get-ChildItem $reports -Filter *.html).Count | Should -Be 1
    }

    It 'has its configuration of Airbyte planned and deployed from files by 06' {
        $project = Join-Path $TestDrive 'airbyte'
        $null = Import-AcodeConfiguration $project
        Invoke-Example '06-Deploy.ps1' -Stage Plan -Path $project | Should -BeLike '*airbyte*' -Because 'the plan names what is missing in the files'
        $LASTEXITCODE | Should -BeIn 0, 2
    }

    It 'is one environment for four runspaces at once' {
        $file = Join-Path $env:ACODE_LAB 'acode.yaml'
        $seen = 1..4 | ForEach-Object -Parallel {
            Import-Module $env:ACODE_MODULE
            $null = Connect-AcodeEnvironment $using:file
            (Get-AcodeRoute -Active).Name
        }
        $seen | Should -Be (@('primary') * 4)
    }

    It 'has a game day by 05, and everything is green' {
        $reports = Join-Path $TestDrive 'reports'
        $said = Invoke-Example '05-GameDay.ps1' -ReportFolder $reports
        $LASTEXITCODE | Should -Be 0 -Because $said
        @(Get-ChildItem $reports -Filter *.html).Count | Should -BeGreaterOrEqual 4
    }
}
