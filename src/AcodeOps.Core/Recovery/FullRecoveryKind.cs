using System.Text.Json.Nodes;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery;

/// <summary>Builds escalations again from their journals.</summary>
internal sealed class FullRecoveryKind : RunbookKind
{
    /// <inheritdoc />
    public override string Name => FullRecoveryRunbook.Kind;

    /// <inheritdoc />
    public override Runbook Rebuild(JsonNode plan) => new FullRecoveryRunbook(Read<RecoveryPlan>(plan));
}
