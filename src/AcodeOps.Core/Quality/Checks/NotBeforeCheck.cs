namespace AcodeOps.Quality.Checks;

/// <summary>A time must not lie before the day of another: nothing is processed before it happened.</summary>
internal sealed class NotBeforeCheck : RowCheck
{
    /// <inheritdoc />
    public override string Name => "notBefore";

    /// <inheritdoc />
    public override string Title(QualityRuleDefinition rule) => $"does not lie before the day of {rule.Other}";

    /// <inheritdoc />
    public override string? Complaint(QualityRuleDefinition rule) => rule.Other is null ? "'notBefore' needs other, the column to compare with." : null;

    /// <inheritdoc />
    public override IEnumerable<QualityRuleDefinition> RulesOf(QualityTable table) =>
        table.Definition is { ProcessedAt: { } processed, EventDate: { } day } && table.IndexOf(processed) >= 0 && table.IndexOf(day) >= 0
            ? [table.Rule(processed, Name) with { Other = day }] : [];

    /// <inheritdoc />
    public override Func<object?[], string?> Open(QualityRuleDefinition rule, QualityTable table)
    {
        int at = table.IndexOf(rule.Column), other = table.IndexOf(rule.Other);
        return row => other >= 0 && Cells.Time(row[at], table.Zone) is { } time && Cells.Time(row[other], table.Zone) is { } begin && time.Latest < begin.Earliest.Date ? $"before {rule.Other}" : null;
    }
}
