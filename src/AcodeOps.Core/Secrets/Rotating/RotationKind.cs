using System.Text.Json.Nodes;
using AcodeOps.Configuration.Publishing;
using AcodeOps.Runbooks;

namespace AcodeOps.Secrets.Rotating;

/// <summary>Builds rotations again from their journals.</summary>
internal sealed class RotationKind : RunbookKind
{
    /// <inheritdoc />
    public override string Name => RotationRunbook.Kind;

    // Half done, it leaves both passwords valid: a switch at night goes on beside it. A publication would write the password
    // that the secret has now over Airbyte's copy.

    /// <inheritdoc />
    public override bool IsInTheWayOf(string runbook) => runbook is RotationRunbook.Kind or PublicationRunbook.Kind;

    /// <inheritdoc />
    public override Runbook Rebuild(JsonNode plan) => new RotationRunbook(Read<RotationPlan>(plan));
}
