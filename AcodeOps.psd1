@{
    RootModule = 'AcodeOps.dll'
    ModuleVersion = '0.1.0'
    GUID = '0b6d6f5e-6f0a-4b0c-9c0e-7d3c51f2a8c4'
    Author = 'The AcodeOps maintainers'
    CompanyName = 'The AcodeOps maintainers'
    Copyright = '(c) the AcodeOps maintainers. MIT License.'
    Description = 'Operates ACODE, the flow of pharmacy sales from MySQL through Airbyte into Parquet on S3: health, replication, routes, credentials and audit as typed objects.'
    CompatiblePSEditions = @('Core')
    PowerShellVersion = '7.4'
    FormatsToProcess = @('AcodeOps.format.ps1xml')
    CmdletsToExport = @(
        'Connect-AcodeEnvironment'
        'Disconnect-AcodeEnvironment'
        'Export-AcodeAccessPolicy'
        'Export-AcodeAlertRule'
        'Export-AcodeDashboard'
        'Export-AcodeData'
        'Export-AcodeReport'
        'Find-AcodeSecret'
        'Get-AcodeAlertRule'
        'Get-AcodeAudit'
        'Get-AcodeConnection'
        'Get-AcodeCredential'
        'Get-AcodeEnvironment'
        'Get-AcodeMetric'
        'Get-AcodeRecoveryPlan'
        'Get-AcodeReplication'
        'Get-AcodeRoute'
        'Get-AcodeRunbook'
        'Get-AcodeSlowQuery'
        'Get-AcodeSync'
        'Invoke-AcodeFailover'
        'Measure-AcodePerformance'
        'Move-AcodeData'
        'New-AcodeEnvironment'
        'Resume-AcodeRunbook'
        'Send-AcodeMetric'
        'Send-AcodeNotification'
        'Set-AcodeCredential'
        'Invoke-AcodeCredentialRotation'
        'Start-AcodeDisasterRecovery'
        'Start-AcodeSync'
        'Stop-AcodeSync'
        'Sync-AcodeAudit'
        'Test-AcodeAccess'
        'Test-AcodeAlertRule'
        'Test-AcodeAudit'
        'Test-AcodeConfiguration'
        'Test-AcodeDataQuality'
        'Test-AcodeDeployment'
        'Compare-AcodeConfiguration'
        'Publish-AcodeAlertRule'
        'Publish-AcodeConfiguration'
        'Import-AcodeConfiguration'
        'Backup-AcodeConfiguration'
        'Restore-AcodeConfiguration'
        'Test-AcodeEnvironment'
        'Test-AcodeHealth'
        'Undo-AcodeRunbook'
        'Wait-AcodeSync'
        'Watch-AcodeHealth'
        'Write-AcodeAudit'
    )
    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
    PrivateData = @{
        PSData = @{
            Tags = @('ACODE', 'Airbyte', 'MySQL', 'MariaDB', 'Replication', 'Failover', 'DisasterRecovery', 'S3', 'Parquet', 'Audit', 'Linux', 'MacOS', 'Windows')
            ReleaseNotes = 'See CHANGELOG.md in the package.'
        }
    }
}
