using System.Text.Json.Nodes;
using AcodeOps.Runbooks;

namespace AcodeOps.Exporting;

/// <summary>Builds copies again from their journals.</summary>
internal sealed class ExportKind : RunbookKind
{
    /// <inheritdoc />
    public override string Name => ExportRunbook.Kind;

    /// <inheritdoc />
    public override Runbook Rebuild(JsonNode plan) => new ExportRunbook(Read<ExportPlan>(plan));
}
