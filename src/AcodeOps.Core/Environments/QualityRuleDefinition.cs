namespace AcodeOps;

/// <summary>A rule of data quality as the environment file states it: one more, or other limits for one that there is anyway.</summary>
public sealed record QualityRuleDefinition
{
    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>The column that it is about; null for a rule of a table's days.</summary>
    public string? Column { get; init; }

    /// <summary>The check: <c>notNull</c>, <c>unique</c>, <c>range</c>, <c>oneOf</c>, <c>pattern</c>, <c>notFuture</c>, <c>notBefore</c>, a domain such as <c>cnpj</c>, or a check of days such as <c>rows</c>.</summary>
    public required string Check { get; init; }

    /// <summary>
    /// How much is tolerated: of rows, the most that may break the rule, in per cent; of <c>weekday</c> and <c>pharmacies</c>, the least
    /// of the usual, in per cent; of <c>rows</c>, the fewest rows of a day. Null for the check's own.
    /// </summary>
    public double? Limit { get; init; }

    /// <summary>The smallest value of a range; null for none.</summary>
    public double? Min { get; init; }

    /// <summary>The greatest value of a range; null for none.</summary>
    public double? Max { get; init; }

    /// <summary>The values of <c>oneOf</c>.</summary>
    public IReadOnlyList<string> Values { get; init => field = value.ToArray(); } = [];

    /// <summary>The regular expression of <c>pattern</c>, which the whole value must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>The column that <c>notBefore</c> compares with.</summary>
    public string? Other { get; init; }

    /// <summary>Whether breaking it is a failure or a warning; null for the check's own.</summary>
    public FindingSeverity? Severity { get; init; }

    /// <summary>Who sees to it; null for nobody in particular.</summary>
    public string? Owner { get; init; }

    /// <summary>False takes a rule away that there would be otherwise.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>What it is known by within an environment: <c>sales.CNPJ.cnpj</c>.</summary>
    public string Id => Column is null ? $"{Table}.{Check}" : $"{Table}.{Column}.{Check}";

    /// <inheritdoc />
    public override string ToString() => Id;
}
