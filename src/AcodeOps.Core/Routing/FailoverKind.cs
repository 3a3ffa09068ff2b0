using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing;

/// <summary>Builds switches again from their journals.</summary>
internal sealed class FailoverKind : RunbookKind
{
    /// <inheritdoc />
    public override string Name => FailoverRunbook.Kind;

    /// <inheritdoc />
    public override Runbook Rebuild(JsonNode plan)
    {
        try
        {
            return new FailoverRunbook(plan.Deserialize<FailoverPlan>(StepFacts.Json) ?? throw new FormatException("The plan of the switch is empty."));
        }
        catch (JsonException e)
        {
            throw new FormatException("This version cannot read the plan of the switch.", e);
        }
    }
}
