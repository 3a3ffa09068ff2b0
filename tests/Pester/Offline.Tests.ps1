BeforeAll {
    Import-Module $env:ACODE_MODULE -Force
    $root = Split-Path (Split-Path $PSScriptRoot)
    $otherwise = $env:ACODE_ENVIRONMENT
    $env:ACODE_ENVIRONMENT = $null
    $file = Join-Path $TestDrive 'acode.yaml'
    $null = New-AcodeEnvironment $file -Confirm:$false
}

AfterAll {
    $env:ACODE_ENVIRONMENT = $otherwise
}

Describe 'An environment file' {
    It 'is made with comments, is good, and is not replaced by chance' {
        Get-Content $file -Raw | Should -BeLike '*environments:*'
        @(Test-AcodeEnvironment $file | Where-Object Severity -eq Error) | Should -BeNullOrEmpty
        { New-AcodeEnvironment $file -Confirm:$false -ErrorAction Stop } | Should -Throw
    }

    It 'is judged with line and column' {
        $bad = Join-Path $TestDrive 'bad.yaml'
        (Get-Content $file -Raw) -replace 'sources:', 'sorces:' | Set-Content $bad
        $finding = Test-AcodeEnvironment $bad | Where-Object Severity -eq Error | Select-Object -First 1
        $finding.Line | Should -BeGreaterThan 0
        $finding.Column | Should -BeGreaterThan 0
    }

    It 'is connected, marked and disconnected' {
        try {
            (Connect-AcodeEnvironment $file).Name | Should -Be (Get-AcodeEnvironment).Name
        }
        finally {
            Disconnect-AcodeEnvironment
        }
    }
}

Describe 'What needs no server' {
    It 'judges the files of Airbyte that come as an example' {
        @(Test-AcodeConfiguration (Join-Path $root 'Examples/airbyte') -Offline -Environment $file | Where-Object Severity -eq Error) | Should -BeNullOrEmpty
    }

    It 'finds a secret, tells where, and does not show it' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'found')
        $made = 'Zx9-' + 'planted-' + 'Kq7w'
        "DB_HOST=db`nDB_PASS=$made" | Set-Content (Join-Path $folder 'settings.env')
        $found = Find-AcodeSecret $folder
        @($found).Count | Should -Be 1
        $found.Line | Should -Be 2
        ($found | Format-List * | Out-String) | Should -Not -BeLike "*$made*"
        ($found | Export-AcodeReport -Path (Join-Path $TestDrive 'found.sarif') | Get-Content -Raw | ConvertFrom-Json).runs.Count | Should -Be 1
    }

    It 'exports rules, dashboards and policies that are what they say' {
        $rules = Export-AcodeAlertRule (Join-Path $TestDrive 'rules.json') -Environment $file -Format Datadog | Get-Content -Raw | ConvertFrom-Json
        @($rules).Count | Should -BeGreaterThan 5
        $dashboard = Export-AcodeDashboard Grafana (Join-Path $TestDrive 'grafana.json') -Environment $file | Get-Content -Raw | ConvertFrom-Json
        $dashboard.panels.Count | Should -BeGreaterThan 3
        foreach ($role in 'Viewer', 'Operator', 'Rotator', 'Auditor') {
            $policy = Export-AcodeAccessPolicy $role (Join-Path $TestDrive "$role.json") -Environment $file -WarningAction SilentlyContinue | Get-Content -Raw | ConvertFrom-Json
            $policy.Statement.Count | Should -BeGreaterThan 0
        }
    }

    It 'completes names from the file without asking anybody' {
        $null = Connect-AcodeEnvironment $file
        try {
            $typed = 'Invoke-AcodeFailover -To '
            ([System.Management.Automation.CommandCompletion]::CompleteInput($typed, $typed.Length, $null)).CompletionMatches.Count | Should -BeGreaterThan 0
        }
        finally {
            Disconnect-AcodeEnvironment
        }
    }
}

Describe 'A server that is not there' {
    It 'is <_> and never healthy' -ForEach 'Source', 'Airbyte' {
        $seen = Test-AcodeHealth -Environment $file -Component $_ -TimeoutSeconds 3 -WarningAction SilentlyContinue
        @($seen).Count | Should -BeGreaterThan 0
        'Healthy' | Should -Not -BeIn @($seen.Verdict)
        Test-AcodeHealth -Environment $file -Component $_ -TimeoutSeconds 3 -Quiet -WarningAction SilentlyContinue | Should -BeFalse
    }
}

Describe 'The schedules and pipelines among the examples' {
    It 'give <Example> only what it takes (<File>)' -ForEach @(
        foreach ($file in Get-ChildItem (Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'Examples') -Recurse -File) {
            foreach ($match in [regex]::Matches((Get-Content $file -Raw), '(?<example>\d\d-[A-Za-z]+\.ps1)[\x22\x27,)]*(?<rest>[^\n|]*)')) {
                $given = @([regex]::Matches($match.Groups['rest'].Value, '(?<=[\s,\[])-(?<name>[A-Z][A-Za-z]+)').ForEach{ $_.Groups['name'].Value })
                if ($given) { @{ File = $file.Name; Example = $match.Groups['example'].Value; Given = $given } }
            }
        }
    ) {
        $takes = (Get-Command (Join-Path $root 'Examples' $Example)).Parameters.Keys
        $Given | Where-Object { $_ -notin $takes } | Should -BeNullOrEmpty
    }
}
