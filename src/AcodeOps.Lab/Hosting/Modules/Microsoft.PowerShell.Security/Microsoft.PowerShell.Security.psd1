# The lab host's stand-in for the module of this name, which only a real PowerShell has.
@{
    NestedModules = @('../../AcodeOps.Lab.dll')
    ModuleVersion = '7.0.0.0'
    GUID = '2f3d3a0c-9b57-4e0e-8a41-6d0b4e6c7f22'
    Author = 'The AcodeOps maintainers'
    CompatiblePSEditions = @('Core')
    CmdletsToExport = @(
        'ConvertFrom-SecureString',
        'ConvertTo-SecureString',
        'Get-Credential'
    )
    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
}
