using System.Text.Json;
using System.Text.Json.Nodes;

namespace AcodeOps.Runbooks;

/// <summary>A kind of runbook: builds a runbook again from what the journal of a run kept of it.</summary>
public abstract class RunbookKind
{
    /// <summary>The kind, as journals name it: <c>failover</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// True where a run stands on what others did, and others on what it did: an unfinished one keeps others from beginning, and
    /// a later one keeps those before it from being taken back. False for a rehearsal, which is in nobody's way.
    /// </summary>
    public virtual bool IsInTheWay => true;

    /// <summary>The runbook of a plan.</summary>
    /// <exception cref="FormatException">This version cannot read the plan.</exception>
    public abstract Runbook Rebuild(JsonNode plan);

    /// <summary>The plan as its own type.</summary>
    /// <exception cref="FormatException">This version cannot read it.</exception>
    protected static T Read<T>(JsonNode plan)
    {
        try
        {
            return plan.Deserialize<T>(StepFacts.Json) ?? throw new FormatException("The plan is empty.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"This version cannot read the plan: it is no {typeof(T).Name}.", e);
        }
    }
}
