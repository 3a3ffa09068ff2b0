using System.Text.Json.Nodes;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Corruption;

/// <summary>Builds recoveries of corrupted data again from their journals.</summary>
internal sealed class CorruptionKind : RunbookKind
{
    /// <inheritdoc />
    public override string Name => CorruptionRunbook.Kind;

    /// <inheritdoc />
    public override Runbook Rebuild(JsonNode plan) => Read<RecoveryPlan>(plan) is { Reload: not null } recovery
        ? new CorruptionRunbook(recovery)
        : throw new FormatException("The plan loads nothing anew.");
}
