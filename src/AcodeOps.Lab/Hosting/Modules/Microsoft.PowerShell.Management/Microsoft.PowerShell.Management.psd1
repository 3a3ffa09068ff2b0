# The lab host's stand-in for the module of this name, which only a real PowerShell has.
@{
    NestedModules = @('../../AcodeOps.Lab.dll')
    ModuleVersion = '7.0.0.0'
    GUID = '6e8b8e6a-b3e3-4f4a-9c52-5a1c6b1f0e11'
    Author = 'The AcodeOps maintainers'
    CompatiblePSEditions = @('Core')
    CmdletsToExport = @(
        'Add-Content',
        'Copy-Item',
        'Get-ChildItem',
        'Get-Content',
        'Get-Item',
        'Get-Location',
        'Join-Path',
        'Move-Item',
        'New-Item',
        'Pop-Location',
        'Push-Location',
        'Remove-Item',
        'Resolve-Path',
        'Set-Content',
        'Set-Location',
        'Split-Path',
        'Test-Path'
    )
    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
}
