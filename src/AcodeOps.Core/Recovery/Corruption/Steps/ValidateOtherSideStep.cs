using AcodeOps.Reports;
using AcodeOps.Routing.Steps;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Corruption.Steps;

/// <summary>Compares the source with the other side once more, before anything is loaded from it: what differs takes everything back.</summary>
internal sealed class ValidateOtherSideStep(ReloadPlan reload) : FailoverStep(reload.Switch)
{
    /// <summary>The fact that keeps what the comparison said.</summary>
    public const string Checks = "other_side";

    /// <inheritdoc />
    public override string Name => "validate_other_side";

    /// <inheritdoc />
    public override string Title => "Compare with the other side";

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    public override bool Mutates => false;

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        OtherSide other = new(context.Installation, Plan.To, reload.StreamOf(), reload.AllowsUnvalidated);
        ColumnRange? keys = context.Facts.Get<PartitionContent>(QuarantinePartitionStep.Content)?.Keys;
        IReadOnlyList<FailoverGate> seen = await other.JudgeAsync(keys, reload.Prefix, cancel).ConfigureAwait(false);
        context.Facts.Set(Checks, seen);
        foreach (FailoverGate check in seen)
        {
            context.Tell(check.ToString());
        }

        if (seen.FirstOrDefault(check => !check.IsPassed) is { } closed)
        {
            throw new AcodeException(closed.ErrorId!, FailureClass.Refused, $"Nothing is loaded anew. {ReportText.Capital(closed.Name)}: {closed.Summary}")
            {
                Advice = closed.Remedy,
                Subject = closed,
            };
        }
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => Task.FromResult(context.Facts.Has(Checks));
}
