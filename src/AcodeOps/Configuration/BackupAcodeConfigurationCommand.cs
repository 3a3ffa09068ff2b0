using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Configuration;
using AcodeOps.Environments;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Keeps all sources, destinations and connections that Airbyte has, with how far each of their streams was read, as one object
/// in a storage or as one file. It is read back and verified. Secrets are not in it: Airbyte does not give them.
/// <c>Restore-AcodeConfiguration</c> brings it back in one step.
/// </summary>
[Needs(AccessRole.Operator, Need.AskAirbyte, Need.WriteConfigurations)]
[Cmdlet(VerbsData.Backup, "AcodeConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = "Storage")]
[OutputType(typeof(ConfigurationBackup))]
public sealed class BackupAcodeConfigurationCommand : EnvironmentCmdlet
{
    /// <summary>The storage that takes it.</summary>
    [Parameter(ParameterSetName = "Storage")]
    public StorageRole Storage { get; set; } = StorageRole.Audit;

    /// <summary>The file that takes it. One that is there is not overwritten.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "File")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        ConfigurationBackups backups = new(Installation);
        ConfigurationSnapshot snapshot = await backups.ReadAsync(cancel);
        string? file = Path is null ? null : SessionPath.Resolve(Path, SessionState);
        if (ShouldProcess(file ?? $"the {Storage} storage", $"Keep {ConfigurationBackups.Describe(snapshot, "").Content} of Airbyte"))
        {
            WriteObject(file is null
                ? await backups.StoreAsync(snapshot, Storage, cancel)
                : ConfigurationBackups.Describe(await BackupFile.WriteAsync(snapshot, file, cancel), file));
        }
    }
}
