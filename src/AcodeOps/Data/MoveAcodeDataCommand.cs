using System.Globalization;
using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Audit;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Moves objects of the lake to the quarantine storage, and back. Their bytes stay within the server; a manifest beside them
/// says what was where. A move that was cut off goes on with <c>-Manifest</c>, and is taken back with <c>-Manifest -Return</c>;
/// an object that stands at the old place by then is never written over.
/// </summary>
[Needs(AccessRole.Operator, Need.MoveToQuarantine, Need.WriteAudit)]
[Cmdlet(VerbsCommon.Move, "AcodeData", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = "Objects")]
[OutputType(typeof(DataMoveResult))]
public sealed class MoveAcodeDataCommand : EnvironmentCmdlet
{
    /// <summary>What the keys of the objects start with, below the storage's own prefix.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Objects")]
    [ValidateNotNullOrEmpty]
    public string Prefix { get; set; } = "";

    /// <summary>Where the objects are.</summary>
    [Parameter(ParameterSetName = "Objects")]
    [ValidateSet(nameof(StorageRole.Primary), nameof(StorageRole.Backup), nameof(StorageRole.Emergency))]
    public StorageRole Storage { get; set; } = StorageRole.Primary;

    /// <summary>Only objects that were written at this time or later.</summary>
    [Parameter(ParameterSetName = "Objects")]
    public DateTimeOffset? After { get; set; }

    /// <summary>Only objects that were written before this time.</summary>
    [Parameter(ParameterSetName = "Objects")]
    public DateTimeOffset? Before { get; set; }

    /// <summary>Why, for the manifest and the audit trail.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Objects")]
    [Parameter(ParameterSetName = "Manifest")]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <summary>A move: its id, or where its manifest is, or results of this command from the pipeline.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Manifest", ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    public string Manifest { get; set; } = "";

    /// <summary>Take the move back. Without it, a move that was cut off goes on.</summary>
    [Parameter(ParameterSetName = "Manifest")]
    public SwitchParameter Return { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        IObjectStore quarantine = Installation.Storage(StorageRole.Quarantine);
        if (ParameterSetName == "Objects")
        {
            await MoveAsync(Installation.Storage(Storage), quarantine, cancel);
            return;
        }

        MoveManifest manifest = await DataMove.ReadAsync(quarantine, Manifest, cancel);
        IObjectStore from = Installation.Storage(manifest.From);
        if (!ShouldProcess(manifest.ToString(), Return ? "Move back" : "Go on"))
        {
            return;
        }

        await ActAsync(manifest.Id, Return ? "move back from quarantine" : "go on with a move", $"{manifest}", Reason ?? manifest.Reason, (progress, c) => Return
            ? DataMove.ReturnAsync(from, quarantine, manifest, Installation.Clock, progress, c)
            : DataMove.RunAsync(from, quarantine, manifest.Id, manifest.Objects, manifest.Reason, Installation.Clock, progress, c), cancel);
    }

    private async Task MoveAsync(IObjectStore from, IObjectStore quarantine, CancellationToken cancel)
    {
        string place = $"s3://{from.Definition.Bucket}/{from.Definition.Prefix}{Prefix}";
        List<StoredObject> objects = [];
        await foreach (StoredObject found in DataMove.ListAsync(from, quarantine, Prefix, After, Before, cancel))
        {
            WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"{found.Key} ({found.SizeBytes:N0} bytes, {found.ModifiedAt:u})"));
            objects.Add(found);
        }

        if (objects.Count == 0)
        {
            WriteWarning($"There are no such objects at {place}: nothing is moved.");
            return;
        }

        string what = string.Create(CultureInfo.InvariantCulture, $"{objects.Count:N0} objects, {objects.Sum(o => o.SizeBytes) / 1e6:N1} MB, at {place}");
        if (ShouldProcess(what, $"Move to the {quarantine.Definition}"))
        {
            string id = Installation.Identifiers.Next(Installation.Clock.GetUtcNow());
            await ActAsync(id, "move to quarantine", what, Reason!, (progress, c) =>
                DataMove.RunAsync(from, quarantine, id, objects, Reason!, Installation.Clock, progress, c), cancel);
        }
    }

    private async Task ActAsync(
        string id, string act, string subject, string reason, Func<IProgress<DataMoveProgress>, CancellationToken, Task<DataMoveResult>> doing, CancellationToken cancel)
    {
        Progress<DataMoveProgress> progress = new(now => Tell(
            string.Create(CultureInfo.InvariantCulture, $"{now.ObjectsDone:N0} of {now.Objects:N0} objects, {now.BytesDone / 1e6:N1} MB"),
            now.Objects == 0 ? 0 : (int)(100L * now.ObjectsDone / now.Objects),
            activity: $"Move {id}"));
        AuditEvent about = new()
        {
            EventType = AuditEventType.DataAccess,
            Subject = subject,
            Reason = reason,
            RunId = id,
            Details = new Dictionary<string, object?> { ["act"] = act },
        };
        try
        {
            DataMoveResult result = await new AuditedAct(AuditTrail.Of(Installation, AuditSession.Origin(SessionState)), WriteWarning)
                .RunAsync(about, c => doing(progress, c), done => $"{done}, {done.Left.Count} left", cancel);
            WriteObject(result);
            foreach (DataMoveLeft left in result.Left)
            {
                WriteFailure(new AcodeException(left.ErrorId, FailureClass.Conflict, left.Message) { Subject = left, IsFatal = false });
            }
        }
        catch (Exception e) when (e is AcodeException or OperationCanceledException)
        {
            // Also after Ctrl-C, when the pipeline takes nothing any more.
            Host.UI?.WriteWarningLine($"Move {id} is not finished, and no object is lost: `Move-AcodeData -Manifest {id}` goes on with it, with -Return it is taken back.");
            throw;
        }
    }
}
