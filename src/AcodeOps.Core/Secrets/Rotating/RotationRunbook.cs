using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Runbooks;
using AcodeOps.Secrets.Rotating.Steps;

namespace AcodeOps.Secrets.Rotating;

/// <summary>
/// Replaces a source's password: at the secret, at the server, at Airbyte. At every moment the copy that Airbyte holds logs in;
/// the former password is given up last, and what fails before is taken back.
/// </summary>
public sealed class RotationRunbook : Runbook
{
    /// <summary>The kind.</summary>
    public const string Kind = "rotate_credential";

    private readonly RotationPlan _plan;

    /// <summary>The runbook of a plan.</summary>
    /// <param name="plan">What was consented to.</param>
    /// <param name="handedOver">The login that the partner handed over; null where none was, and where a run is taken up again: it is in Secrets Manager then.</param>
    public RotationRunbook(RotationPlan plan, Credential? handedOver = null)
    {
        _plan = plan;
        Steps = [.. StepsOf(plan, handedOver)];
    }

    /// <inheritdoc />
    public override string Name => Kind;

    /// <inheritdoc />
    public override string Title => _plan.Title;

    /// <inheritdoc />
    public override object Plan => _plan;

    /// <inheritdoc />
    public override JsonNode PlanJson => JsonSerializer.SerializeToNode(_plan, StepFacts.Json)!;

    /// <inheritdoc />
    public override AuditEventType EventType => AuditEventType.CredentialsRotated;

    /// <inheritdoc />
    public override bool Mutates => !_plan.IsRequest;

    /// <inheritdoc />
    public override IReadOnlyList<RunbookStep> Steps { get; }

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, object?> Details(StepFacts facts) => new Dictionary<string, object?>
    {
        ["source"] = _plan.Source.ToString(),
        ["server"] = _plan.Server,
        ["mode"] = _plan.Mode.ToString(),
        ["reference"] = _plan.Reference.ToString(),
        ["former_version"] = _plan.CurrentVersionId,
        ["copies"] = _plan.Copies.Select(copy => copy.Name).ToArray(),
    };

    /// <inheritdoc />
    public override AcodeException? Escalation(StepFacts facts) => !_plan.IsRequest ? null : new AcodeException(
        "RotationRequested", FailureClass.Refused, $"{_plan.Server} is the partner's: the password is theirs to change. The request to them is in the run's Result.Request.")
    {
        Advice = $"Send it. When they have handed the new password over: Invoke-AcodeCredentialRotation {_plan.Source} -Credential (Get-Credential).",
        Subject = _plan,
    };

    /// <inheritdoc />
    public override object Result(StepFacts facts) => new RotationResult
    {
        Mode = _plan.Mode,
        UserName = facts.Get<string>(RotationFacts.UserName),
        FormerVersionId = _plan.CurrentVersionId,
        CurrentVersionId = facts.Get<string>(RotationFacts.CurrentVersion),
        ProvenBy = facts.Get<List<long>>(RotationFacts.ProvenBy) ?? [],
        Request = _plan.Request,
    };

    private static IEnumerable<RunbookStep> StepsOf(RotationPlan plan, Credential? handedOver)
    {
        if (plan.IsRequest)
        {
            return [new AskPartnerStep(plan)];
        }

        RunbookStep[] begin = plan.Mode switch
        {
            RotationMode.DualPassword => [new CheckPresentStep(plan), new StagePasswordStep(plan, null), new AddPasswordStep(plan)],
            RotationMode.AlternatingUser => [new CheckPresentStep(plan), new StagePasswordStep(plan, null), new MakeTwinStep(plan)],
            RotationMode.Lambda => [new CheckPresentStep(plan), new RunLambdaStep(plan)],
            _ => [new StagePasswordStep(plan, handedOver)],
        };
        RunbookStep[] copies = plan.Copies.Count == 0 ? [] : [new TryAtAirbyteStep(plan), new ReplaceCopiesStep(plan)];
        RunbookStep[] proof = plan.Connections.Count == 0 ? [] : [new ProveSyncStep(plan)];
        RunbookStep[] current = plan.Mode == RotationMode.Lambda ? [] : [new MakeCurrentStep(plan)];
        RunbookStep[] wait = plan.Copies.Count == 0 ? [] : [new AwaitEarlierSyncsStep(plan)];
        RunbookStep[] end = plan.Mode switch
        {
            RotationMode.DualPassword => [.. wait, new DiscardPasswordStep(plan)],
            RotationMode.AlternatingUser => [.. wait, new LockFormerStep(plan)],
            _ => wait,
        };
        return [.. begin, .. copies, .. proof, .. current, .. end, new ProveRotationStep(plan)];
    }
}
