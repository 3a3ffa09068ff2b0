using System.Text.Json.Nodes;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing;

/// <summary>Builds switches again from their journals.</summary>
internal sealed class FailoverKind : RunbookKind
{
    /// <inheritdoc />
    public override string Name => FailoverRunbook.Kind;

    /// <inheritdoc />
    public override Runbook Rebuild(JsonNode plan) => new FailoverRunbook(Read<FailoverPlan>(plan));
}
