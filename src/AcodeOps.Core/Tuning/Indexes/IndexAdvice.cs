namespace AcodeOps.Tuning.Indexes;

/// <summary>What a rule says about an index, or about one that is missing.</summary>
public sealed record IndexAdvice
{
    /// <summary>The rule's id: <c>StatementWithoutIndex</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>How much it matters.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>The table; null for the server as a whole.</summary>
    public string? Table { get; init; }

    /// <summary>What it is about: an index that is there by its name, a missing one by its columns.</summary>
    public required string Subject { get; init; }

    /// <summary>The columns of the index that is to be made, in order; none where none is.</summary>
    public IReadOnlyList<string> Columns { get; init => field = value.ToArray(); } = [];

    /// <summary>What is wrong now, in a sentence.</summary>
    public required string Problem { get; init; }

    /// <summary>How it is now.</summary>
    public required string Current { get; init; }

    /// <summary>The statement that is proposed; null for none.</summary>
    public string? Proposed { get; init; }

    /// <summary>What was read that proves it.</summary>
    public required string Evidence { get; init; }

    /// <summary>What to do, and what it costs.</summary>
    public required string Remedy { get; init; }
}
