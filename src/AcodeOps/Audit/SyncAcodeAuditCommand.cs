using System.Management.Automation;
using AcodeOps.Audit;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Takes the audit records that wait on this machine to the audit storage, oldest first, and returns those that it
/// stored. Running it twice, or on two consoles at once, changes nothing more.
/// </summary>
[Cmdlet(VerbsData.Sync, "AcodeAudit", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AuditRecord))]
public sealed class SyncAcodeAuditCommand : EnvironmentCmdlet
{
    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        AuditTrail trail = AuditTrail.Of(Installation, AuditSession.Origin(SessionState));
        int waiting = await trail.CountWaitingAsync(cancel);
        if (waiting == 0 || !ShouldProcess(Installation.Storage(StorageRole.Audit).Definition.ToString(), $"Store {waiting} waiting audit records"))
        {
            return;
        }

        await foreach (AuditReading reading in trail.SyncAsync(cancel))
        {
            if (reading.Failure is { } failure)
            {
                WriteFailure(failure);
            }
            else
            {
                WriteObject(reading.Record);
            }
        }
    }
}
