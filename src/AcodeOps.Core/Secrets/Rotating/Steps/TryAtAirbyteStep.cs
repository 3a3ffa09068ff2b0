using AcodeOps.Configuration;
using AcodeOps.Runbooks;

namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>Lets Airbyte try the new password before its copy is replaced.</summary>
internal sealed class TryAtAirbyteStep(RotationPlan plan) : RotationStep(plan)
{
    /// <inheritdoc />
    public override string Name => "try_at_airbyte";

    /// <inheritdoc />
    public override string Title => $"Let Airbyte try the new password: {string.Join(", ", Plan.Copies)}";

    /// <inheritdoc />
    public override bool Mutates => false;

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        Credential made = await NewAsync(context, cancel).ConfigureAwait(false);
        foreach (RotatedCopy copy in Plan.Copies)
        {
            AirbyteResource live = await ReadAsync(context, copy, cancel).ConfigureAwait(false);
            ConnectorCheck check = await context.PersistAsync(
                c => Airbyte(context).CheckUpdateAsync(ConfiguredKind.Source, copy.SourceId, live.Name, AirbyteCopy.With(live, UserOf(context, made), made.Password), c), cancel).ConfigureAwait(false);
            Refuse(check, copy, "with the new password");
            context.Tell($"'{copy}' can be reached with it.");
        }
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => Task.FromResult(context.Evidence.Count > 0);

    /// <summary>A source as Airbyte has it now.</summary>
    /// <exception cref="AcodeException"><c>PlanOutdated</c>: it was deleted.</exception>
    public static async Task<AirbyteResource> ReadAsync(StepContext context, RotatedCopy copy, CancellationToken cancel) =>
        await context.PersistAsync(c => Airbyte(context).ReadAsync(ConfiguredKind.Source, copy.SourceId, c), cancel).ConfigureAwait(false)
        ?? throw new AcodeException("PlanOutdated", FailureClass.Conflict, $"Airbyte's source '{copy}' has been deleted since this was planned.") { Advice = "Plan anew.", Subject = copy };

    /// <summary>Refuses a source that Airbyte cannot reach.</summary>
    /// <exception cref="AcodeException"><c>ConnectorCheckFailed</c>.</exception>
    public static void Refuse(ConnectorCheck check, RotatedCopy copy, string with)
    {
        if (!check.Succeeded)
        {
            throw new AcodeException("ConnectorCheckFailed", FailureClass.Refused, $"Airbyte cannot reach its source '{copy}' {with}. {check.Message}")
            {
                Advice = "Look at what stands between Airbyte and the server, and at the account's host pattern, then begin again.",
                Subject = copy,
            };
        }
    }
}
