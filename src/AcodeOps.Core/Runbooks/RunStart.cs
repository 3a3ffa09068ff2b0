using System.Text.Json.Nodes;

namespace AcodeOps.Runbooks;

/// <summary>What a run is, as its first journal entry says it.</summary>
public sealed record RunStart
{
    /// <summary>The kind of runbook: <c>failover</c>.</summary>
    public required string Runbook { get; init; }

    /// <summary>What it does, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>The plan, as the runbook's kind reads it.</summary>
    public JsonNode? Plan { get; init; }

    /// <summary>Whether it changes the installation, as <see cref="Runbook.Mutates"/> said when it began: so other versions know it too.</summary>
    public bool Mutates { get; init; } = true;

    /// <summary>Its steps, in order.</summary>
    public required IReadOnlyList<RunStartStep> Steps { get; init; }

    /// <summary>False where a damaged journal names nothing where it has to name something, or one step twice.</summary>
    internal bool IsWhole => Runbook is not null && Title is not null && Environment is not null && Steps is not null
        && Steps.All(step => step is { Name: not null, Title: not null }) && Steps.DistinctBy(step => step.Name).Count() == Steps.Count;
}

/// <summary>A step as the first entry of a journal lists it.</summary>
/// <param name="Name">The stable name.</param>
/// <param name="Title">What it does, for people.</param>
public sealed record RunStartStep(string Name, string Title);
