using System.Text.Json;
using System.Text.Json.Nodes;

namespace AcodeOps.Runbooks;

/// <summary>A kind of runbook: builds a runbook again from what the journal of a run kept of it.</summary>
public abstract class RunbookKind
{
    /// <summary>The kind, as journals name it: <c>failover</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// True where a run of this kind stands in the way of one of another: unfinished, it keeps the other from beginning; begun
    /// later, it keeps the other from being taken back, and takes its place while it awaits its proof. False of a rehearsal for
    /// all others, and of a change of the configuration for a switch, which must not wait for it.
    /// </summary>
    /// <param name="runbook">The other kind's name.</param>
    public virtual bool IsInTheWayOf(string runbook) => true;

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
