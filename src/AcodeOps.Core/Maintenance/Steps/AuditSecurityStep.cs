using AcodeOps.Access;
using AcodeOps.Audit;
using AcodeOps.Runbooks;
using AcodeOps.Secrets.Scanning;

namespace AcodeOps.Maintenance.Steps;

/// <summary>
/// What the present credentials may do, secrets that lie open in Airbyte's configuration, and the audit trail: as Test-AcodeAccess,
/// Find-AcodeSecret -Live and Test-AcodeAudit tell.
/// </summary>
internal sealed class AuditSecurityStep(MaintenancePlan plan) : MaintenanceStep(plan)
{
    /// <inheritdoc />
    public override MaintenanceTask Task => MaintenanceTask.Security;

    /// <inheritdoc />
    public override string Name => "audit_security";

    /// <inheritdoc />
    public override string Title => "Audit security";

    /// <inheritdoc />
    protected override async Task<MaintenanceOutcome> WorkAsync(StepContext context, CancellationToken cancel)
    {
        context.Report("Access");
        (AwsNames names, string? warning) = await AccountNames.FindAsync(context.Installation, cancel).ConfigureAwait(false);
        Finding[] access = await AllAsync(new AccessExaminer(context.Installation, names, Plan.Needs).RunAsync(cancel), cancel).ConfigureAwait(false);
        context.Report("Secrets in Airbyte's configuration");
        Finding[] secrets = await AllAsync(new LiveSecretSearch(context.Installation).SearchAsync(cancel), cancel).ConfigureAwait(false);
        context.Report("Audit trail");
        AuditVerification trail = await VerifyTrailAsync(context, cancel).ConfigureAwait(false);
        Finding[] faults = [.. trail.Faults.Select(FindingOf)];
        return new MaintenanceOutcome
        {
            Task = Task,
            Verdict = Worst(VerdictOf(access), VerdictOf(secrets), trail.Verdict),
            Summary = $"Access: {access.Length} findings. Secrets lying open: {secrets.Length}. Audit trail: {trail.Verdict}, {trail.Records} records, {trail.FaultCount} faults.",
            Findings = [.. access, .. secrets, .. faults],
            Figures = [new MaintenanceFigure("Audit records", trail.Records, "records")],

            // Kept outside the trail, it is a witness to all before it.
            Evidence = [.. warning is null ? [] : new[] { warning }, $"The newest digest is of {(trail.AnchoredTo is { } day ? $"{day:yyyy-MM-dd}, {trail.Head}" : "no day")}"],
        };
    }

    private async Task<AuditVerification> VerifyTrailAsync(StepContext context, CancellationToken cancel)
    {
        string? key = context.Installation.AuditSigner is { } signer ? await signer.ReadPublicKeyAsync(cancel).ConfigureAwait(false) : null;
        using SignatureCheck? check = key is null ? null : SignatureCheck.Of(key);
        AuditSpan span = new(DateOnly.FromDateTime(context.Now.UtcDateTime).AddDays(-Plan.AuditDays), null);
        return await new AuditVerifier(new StoredTrail(context.Installation), context.Installation.Clock).VerifyAsync(span, check, null, cancel).ConfigureAwait(false);
    }

    private static Finding FindingOf(AuditFault fault) => new()
    {
        Rule = $"Audit{fault.Kind}",
        Severity = fault.Verdict == Verdict.Degraded ? FindingSeverity.Warning : FindingSeverity.Error,
        Target = fault.Location ?? fault.RecordId ?? "audit trail",
        Message = fault.Message,
        Remedy = "Test-AcodeAudit tells more of it.",
    };

    private static async Task<Finding[]> AllAsync(IAsyncEnumerable<Finding> findings, CancellationToken cancel)
    {
        List<Finding> all = [];
        await foreach (Finding finding in findings.WithCancellation(cancel).ConfigureAwait(false))
        {
            all.Add(finding);
        }

        return [.. all];
    }
}
