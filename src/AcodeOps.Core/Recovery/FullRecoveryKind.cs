using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery;

/// <summary>Builds escalations again from their journals.</summary>
internal sealed class FullRecoveryKind : RunbookKind
{
    /// <inheritdoc />
    public override string Name => FullRecoveryRunbook.Kind;

    /// <inheritdoc />
    public override Runbook Rebuild(JsonNode plan)
    {
        try
        {
            return new FullRecoveryRunbook(plan.Deserialize<RecoveryPlan>(StepFacts.Json) ?? throw new FormatException("The plan of the recovery is empty."));
        }
        catch (JsonException e)
        {
            throw new FormatException("This version cannot read the plan of the recovery.", e);
        }
    }
}
