using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Audit;
using AcodeOps.Runbooks;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Takes the audit records that wait on this machine to the audit storage, oldest first, and returns those that it
/// stored; what the storage lacks of the journals of this machine's runs; and makes the digests of the days that are over, with a
/// copy in the backup storage. Run it once a day. Running it twice, or on two consoles at once, changes nothing more.
/// </summary>
[Needs(AccessRole.Operator | AccessRole.Rotator, Need.WriteAudit, Need.WriteJournals, Need.AnchorAudit)]
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

        await MakeDigestsAsync(storage, cancel);
    }

    // What is not digested yet may still be tampered with unseen: so this comes last, when everything else is there.
    private async Task MakeDigestsAsync(string storage, CancellationToken cancel)
    {
        AuditDigester digester = new(Installation);
        IReadOnlyList<DateOnly> due = await digester.FindDueAsync(cancel);
        if (due.Count > 0 && ShouldProcess(storage, $"Make the audit digests of {due.Count} days, {due[0]:yyyy-MM-dd} to {due[^1]:yyyy-MM-dd}"))
        {
            await foreach (AuditDigest digest in digester.MakeAsync(due, cancel))
            {
                WriteVerbose($"Made {digest}: {digest.Hash}");
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
