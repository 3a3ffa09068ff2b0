using System.Globalization;
using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Audit;
using AcodeOps.Maintenance;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Deletes old objects that are nobody's, as what broken uploads and other tools left in a temporary folder: listed first, older than an age, below a
/// prefix that is no stream's folder and none of the product's own, and only while no sync writes to the storage. What is written anew meanwhile stays.
/// </summary>
[Needs(AccessRole.Operator, Need.MoveToQuarantine, Need.AskAirbyte, Need.WriteAudit)]
[Cmdlet(VerbsCommon.Clear, "AcodeStorage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(StorageClearing))]
public sealed class ClearAcodeStorageCommand : EnvironmentCmdlet
{
    /// <summary>What the keys of the objects start with, below the storage's own prefix: <c>temp/</c>.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Prefix { get; set; } = "";

    /// <summary>How old they must be, in days.</summary>
    [Parameter(Mandatory = true)]
    [ValidateRange(1, 36_500)]
    public int OlderThanDays { get; set; }

    /// <summary>Where they are. From the other storages nothing is ever deleted by age.</summary>
    [Parameter]
    [ValidateSet(nameof(StorageRole.Primary), nameof(StorageRole.Quarantine))]
    public StorageRole Storage { get; set; } = StorageRole.Primary;

    /// <summary>Why, for the record.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Reason { get; set; } = "";

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        StorageCleaner cleaner = new(Installation);
        (StorageClearing planned, IReadOnlyList<StoredObject> objects) = await cleaner.FindAsync(Storage, Prefix, TimeSpan.FromDays(OlderThanDays), cancel);
        foreach (StoredObject found in objects)
        {
            WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"{found.Key} ({found.SizeBytes:N0} bytes, {found.ModifiedAt:u})"));
        }

        if (objects.Count == 0 || !ShouldProcess($"{planned}", "Delete"))
        {
            WriteObject(planned);
            return;
        }

        Progress<int> progress = new(done => Tell($"{done} of {objects.Count} objects", (int)(100L * done / objects.Count)));
        AuditEvent about = new()
        {
            EventType = AuditEventType.DataAccess,
            Subject = $"{planned}",
            Reason = Reason,
            Details = new Dictionary<string, object?> { ["act"] = "delete old objects" },
        };
        WriteObject(await new AuditedAct(AuditTrail.Of(Installation, AuditSession.Origin(SessionState)), WriteWarning)
            .RunAsync(about, c => cleaner.DeleteAsync(planned, objects, progress, c), done => $"{done}", cancel));
    }
}
