# The lab host's stand-in for the module of this name, which only a real PowerShell has.
@{
    NestedModules = @('../../AcodeOps.Lab.dll')
    ModuleVersion = '7.0.0.0'
    GUID = '1da87e53-152b-403e-98dc-74d7b4d63d59'
    Author = 'The AcodeOps maintainers'
    CompatiblePSEditions = @('Core')
    CmdletsToExport = @(
        'Add-Member',
        'Compare-Object',
        'ConvertFrom-Csv',
        'ConvertFrom-Json',
        'ConvertTo-Csv',
        'ConvertTo-Json',
        'Export-Csv',
        'Format-List',
        'Format-Table',
        'Get-Date',
        'Get-Member',
        'Get-Random',
        'Get-Variable',
        'Group-Object',
        'Import-Csv',
        'Import-PowerShellDataFile',
        'Invoke-Expression',
        'Measure-Command',
        'Measure-Object',
        'New-Guid',
        'New-Object',
        'New-TimeSpan',
        'New-Variable',
        'Out-File',
        'Out-String',
        'Read-Host',
        'Remove-Variable',
        'Select-Object',
        'Set-Variable',
        'Sort-Object',
        'Start-Sleep',
        'Tee-Object',
        'Write-Debug',
        'Write-Error',
        'Write-Host',
        'Write-Information',
        'Write-Output',
        'Write-Progress',
        'Write-Verbose',
        'Write-Warning'
    )
    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
}
