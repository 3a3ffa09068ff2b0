using System.Text.Json.Nodes;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing;

/// <summary>Builds acknowledgements again from their journals.</summary>
internal sealed class AcknowledgementKind : RunbookKind
{
    /// <inheritdoc />
    public override string Name => AcknowledgementRunbook.Kind;

    /// <inheritdoc />
    public override Runbook Rebuild(JsonNode plan) => new AcknowledgementRunbook(Read<AcknowledgementPlan>(plan));
}
