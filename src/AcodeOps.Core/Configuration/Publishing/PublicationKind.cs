using System.Text.Json.Nodes;
using AcodeOps.Runbooks;

namespace AcodeOps.Configuration.Publishing;

/// <summary>Builds publications again from their journals.</summary>
internal sealed class PublicationKind : RunbookKind
{
    /// <inheritdoc />
    public override string Name => PublicationRunbook.Kind;

    // A switch at night must not wait for whoever left a publication half done; it undoes nothing of it.

    /// <inheritdoc />
    public override bool IsInTheWayOf(string runbook) => runbook == PublicationRunbook.Kind;

    /// <inheritdoc />
    public override Runbook Rebuild(JsonNode plan) => new PublicationRunbook(Read<PublicationPlan>(plan));
}
