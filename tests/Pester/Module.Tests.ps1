BeforeDiscovery {
    Import-Module $env:ACODE_MODULE -Force
    $cmdlets = (Get-Command -Module AcodeOps).Name
}

BeforeAll {
    Import-Module $env:ACODE_MODULE -Force
}

Describe 'The module' {
    It 'is a valid manifest for this PowerShell' {
        (Test-ModuleManifest $env:ACODE_MODULE).Name | Should -Be 'AcodeOps'
    }

    It 'is imported again, removed and imported' {
        { Import-Module $env:ACODE_MODULE -Force; Remove-Module AcodeOps; Import-Module $env:ACODE_MODULE } | Should -Not -Throw
        [AcodeOps.Verdict]::Unknown | Should -Be 'Unknown'
    }

    It 'keeps its packages out of the session' {
        $default = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.ForEach{ $_.GetName().Name }
        'AcodeOps.Core' | Should -BeIn $default
        foreach ($name in 'AWSSDK.Core', 'MySqlConnector', 'YamlDotNet', 'Parquet', 'AcodeOps.Adapters') { $name | Should -Not -BeIn $default }
    }

    It 'is installed from its package' {
        $package = Split-Path (Split-Path $env:ACODE_MODULE)
        $target = New-Item -ItemType Directory (Join-Path $TestDrive 'installed')
        Register-PSResourceRepository AcodeOpsPester -Uri $package -Trusted -Force
        try {
            Save-PSResource AcodeOps -Repository AcodeOpsPester -Path $target
        }
        finally {
            Unregister-PSResourceRepository AcodeOpsPester
        }

        $manifest = Get-ChildItem $target -Recurse -Filter AcodeOps.psd1
        (Test-ModuleManifest $manifest).ExportedCmdlets.Count | Should -Be (Get-Command -Module AcodeOps).Count
    }

    It 'stands beside another version, each loaded by its number' {
        $modules = Join-Path $TestDrive 'side by side'
        $here = (Test-ModuleManifest $env:ACODE_MODULE).Version
        foreach ($version in "$here", '99.1.0') {
            $folder = Join-Path $modules 'AcodeOps' $version
            $null = New-Item -ItemType Directory (Split-Path $folder) -Force
            Copy-Item (Split-Path $env:ACODE_MODULE) $folder -Recurse
            $manifest = Join-Path $folder 'AcodeOps.psd1'
            (Get-Content $manifest -Raw) -replace "ModuleVersion\s*=\s*'[^']+'", "ModuleVersion = '$version'" | Set-Content $manifest
        }

        foreach ($version in "$here", '99.1.0') {
            Start-Job {
                $env:PSModulePath = "$using:modules$([IO.Path]::PathSeparator)$env:PSModulePath"
                Import-Module AcodeOps -RequiredVersion $using:version
                "$((Get-Module AcodeOps).Version) $((Get-Command Test-AcodeHealth).ImplementingType.Assembly.Location -like "*$using:version*") $(@(Get-Module AcodeOps -ListAvailable | Where-Object ModuleBase -like "$using:modules*").Count)"
            } | Receive-Job -Wait -AutoRemoveJob | Should -Be "$version True 2"
        }
    }

    It 'is the same in jobs and in parallel blocks' {
        $module = $env:ACODE_MODULE
        $one = Start-Job { Import-Module $using:module; [AcodeOps.Verdict]::Failed.ToString() } | Receive-Job -Wait -AutoRemoveJob
        $one | Should -Be 'Failed'
        1..4 | ForEach-Object -Parallel { Import-Module $using:module; (Get-Command -Module AcodeOps).Count } | Select-Object -Unique | Should -Be (Get-Command -Module AcodeOps).Count
    }
}

Describe '<_>' -ForEach $cmdlets {
    It 'has help with a synopsis, three examples and every parameter explained' {
        $help = Get-Help $_ -Full
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -BeLike "$_ *"
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
        foreach ($parameter in $help.parameters.parameter) { $parameter.description.Text | Should -Not -BeNullOrEmpty -Because $parameter.name }
    }

    It 'shows its help at -?' {
        (& $_ -? | Out-String) | Should -BeLike "*$_*"
    }
}
