using System.Management.Automation;
using AcodeOps.Audit;
using AcodeOps.Runbooks;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Takes the audit records that wait on this machine to the audit storage, oldest first, and returns those that it
/// stored; and what the storage lacks of the journals of this machine's runs. Running it twice, or on two consoles at once, changes nothing more.
/// </summary>
[Cmdlet(VerbsData.Sync, "AcodeAudit", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AuditRecord))]
public sealed class SyncAcodeAuditCommand : EnvironmentCmdlet
{
    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        AuditTrail trail = AuditTrail.Of(Installation, AuditSession.Origin(SessionState));
        string storage = Installation.Storage(StorageRole.Audit).Definition.ToString();
        int waiting = await trail.CountWaitingAsync(cancel);
        if (waiting > 0 && ShouldProcess(storage, $"Store {waiting} waiting audit records"))
        {
            await StoreRecordsAsync(trail, cancel);
        }

        JournalCopies journals = new(Installation);
        foreach (string runId in await journals.FindBehindAsync(cancel))
        {
            if (ShouldProcess(storage, $"Store the rest of the journal of run {runId}"))
            {
                await journals.CopyAsync(runId, cancel);
            }
        }
    }

    private async Task StoreRecordsAsync(AuditTrail trail, CancellationToken cancel)
    {
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
