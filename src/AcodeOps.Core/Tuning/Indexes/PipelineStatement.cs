namespace AcodeOps.Tuning.Indexes;

/// <summary>A statement that the pipeline sends: this product's own, or Airbyte's.</summary>
public sealed record PipelineStatement
{
    /// <summary>What it is known by: <c>Freshness</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, and who sends it, in some words.</summary>
    public required string Purpose { get; init; }

    /// <summary>The columns that an index has to begin with to serve it, in this order.</summary>
    public required IReadOnlyList<string> Columns { get; init => field = value.ToArray(); }

    /// <summary>How the server would answer its question if it were free to choose the way.</summary>
    public required QueryPlan Plan { get; init; }

    /// <summary>How it is sent with the indexes that there are: bounded, and for this product's own by a named index. Null where it is sent as it is, or not at all.</summary>
    public QueryPlan? Sent { get; init; }

    /// <summary>What becomes of it without such an index, in a sentence.</summary>
    public required string Otherwise { get; init; }
}
