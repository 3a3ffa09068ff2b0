using System.Text.Json.Nodes;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Drill;

/// <summary>Builds rehearsals again from their journals.</summary>
internal sealed class DrillKind : RunbookKind
{
    /// <inheritdoc />
    public override string Name => DrillRunbook.Kind;

    // What an unfinished one has left lies apart from the lake: a recovery must not wait for its removal.

    /// <inheritdoc />
    public override bool IsInTheWayOf(string runbook) => false;

    /// <inheritdoc />
    public override Runbook Rebuild(JsonNode plan) => new DrillRunbook(Read<DrillPlan>(plan));
}
