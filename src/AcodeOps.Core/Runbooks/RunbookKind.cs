using System.Text.Json.Nodes;

namespace AcodeOps.Runbooks;

/// <summary>A kind of runbook: builds a runbook again from what the journal of a run kept of it.</summary>
public abstract class RunbookKind
{
    /// <summary>The kind, as journals name it: <c>failover</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The runbook of a plan.</summary>
    /// <exception cref="FormatException">This version cannot read the plan.</exception>
    public abstract Runbook Rebuild(JsonNode plan);
}
