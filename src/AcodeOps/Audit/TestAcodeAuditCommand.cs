using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Audit;
using AcodeOps.Environments;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Proves that the audit trail holds what was written to it: names records that are missing, altered, damaged, renamed, forked or not
/// anchored by a digest, acts that were begun and have no outcome, and digests that were changed. It needs the files alone: with
/// <c>-Path</c> it verifies a copy of the trail, wherever that was moved, without any server. It only reads.
/// </summary>
[Needs(AccessRole.Viewer | AccessRole.Auditor, Need.ReadAudit, Need.VerifyAudit)]
[Cmdlet(VerbsDiagnostic.Test, "AcodeAudit", DefaultParameterSetName = "Storage")]
[OutputType(typeof(AuditVerification), typeof(bool))]
public sealed class TestAcodeAuditCommand : EnvironmentCmdlet
{
    // The whole of a long trail is asked for by -From.
    private const int StandardDays = 31;

    /// <summary>A folder that the trail was copied to. Without it, the audit storage itself, what waits on this machine, and the digests' copies in the backup storage.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Folder", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The first day, UTC; what its chains have before it is not judged. Without it, a folder's start, or 31 days before the end.</summary>
    [Parameter]
    public DateTime? From { get; set; }

    /// <summary>The last day, UTC. Without it, the trail's end.</summary>
    [Parameter]
    public DateTime? To { get; set; }

    /// <summary>A file with the public key that the digests' signatures are held against, in PEM form. Without it, the key that the environment signs with, where it names one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PublicKey { get; set; }

    /// <summary>Answer true (Healthy) or false only.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        if (From > To)
        {
            throw new AcodeException("AuditRangeEmpty", FailureClass.InvalidInput, $"-From {From:yyyy-MM-dd} is not before -To {To:yyyy-MM-dd}.");
        }

        if (ParameterSetName == "Folder")
        {
            foreach (string path in Path)
            {
                IAuditMaterial folder = Composition.Adapters.Open.AuditFolder(SessionPath.Resolve(path, SessionState));
                await VerifyAsync(folder, TimeProvider.System, From, PublicKey is null ? null : ReadKey(PublicKey), cancel);
            }

            return;
        }

        DateTime from = From ?? (To ?? Installation.Clock.GetUtcNow().UtcDateTime).AddDays(-StandardDays);
        string? key = PublicKey is not null ? ReadKey(PublicKey) : Installation.AuditSigner is { } signer ? await signer.ReadPublicKeyAsync(cancel) : null;
        await VerifyAsync(new StoredTrail(Installation), Installation.Clock, from, key, cancel);
    }

    private async Task VerifyAsync(IAuditMaterial material, TimeProvider clock, DateTime? from, string? publicKey, CancellationToken cancel)
    {
        using SignatureCheck? check = publicKey is null ? null : SignatureCheck.Of(publicKey);
        AuditSpan span = new(DayOf(from), DayOf(To));
        AuditVerification verification = await new AuditVerifier(material, clock).VerifyAsync(span, check, ProgressOf(material), cancel);
        WriteObject(Quiet ? verification.Verdict == Verdict.Healthy : verification);
    }

    private Progress<long> ProgressOf(IAuditMaterial material) => new(files =>
    {
        if (files % 1000 == 0)
        {
            Tell($"{files:N0} files", activity: $"Verifying {material.Name}");
        }
    });

    private string ReadKey(string path)
    {
        string file = SessionPath.Resolve(path, SessionState);
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AcodeException("PublicKeyInvalid", FailureClass.NotFound, $"'{file}' cannot be read: {e.Message}", e) { Subject = file };
        }
    }

    private static DateOnly? DayOf(DateTime? time) => time is { } given ? DateOnly.FromDateTime(given.Kind == DateTimeKind.Local ? given.ToUniversalTime() : given) : null;
}
