using System.Text.Json.Nodes;
using AcodeOps.Runbooks;

namespace AcodeOps.Maintenance;

/// <summary>Builds runs of the maintenance again from their journals.</summary>
internal sealed class MaintenanceKind : RunbookKind
{
    /// <inheritdoc />
    public override string Name => MaintenanceRunbook.Kind;

    /// <inheritdoc />
    public override Runbook Rebuild(JsonNode plan) => new MaintenanceRunbook(Read<MaintenancePlan>(plan));
}
