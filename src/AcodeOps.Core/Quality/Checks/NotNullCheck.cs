using AcodeOps.Quality.Domains;

namespace AcodeOps.Quality.Checks;

/// <summary>A value must be there: for each column by itself, as an average over columns hides one that is empty.</summary>
internal sealed class NotNullCheck : RowCheck
{
    /// <inheritdoc />
    public override string Name => "notNull";

    /// <inheritdoc />
    public override FindingSeverity Severity => FindingSeverity.Error;

    /// <inheritdoc />
    public override double Limit(QualityTable table) => table.Objectives.NullPercent;

    /// <inheritdoc />
    public override string Title(QualityRuleDefinition rule) => "has a value";

    // Rows without an event date are in no day that could be read: a check of days counts them.
    /// <inheritdoc />
    public override IEnumerable<QualityRuleDefinition> RulesOf(QualityTable table)
    {
        TableDefinition of = table.Definition;
        IEnumerable<string> declared = Declared(table, [of.ProcessedAt, of.Value, of.Pharmacy, .. of.Columns]);
        return declared.Concat(table.Columns.Where(column => ValueDomain.Of(column) is not null))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(column => !column.Equals(of.Key, StringComparison.OrdinalIgnoreCase) && !column.Equals(of.EventDate, StringComparison.OrdinalIgnoreCase))
            .Select(column => table.Rule(column, Name));
    }

    /// <inheritdoc />
    public override Func<object?[], string?> Open(QualityRuleDefinition rule, QualityTable table)
    {
        int at = table.IndexOf(rule.Column);
        return row => row[at] switch
        {
            null => "NULL",
            string text when string.IsNullOrWhiteSpace(text) => "empty",
            _ => null,
        };
    }
}
