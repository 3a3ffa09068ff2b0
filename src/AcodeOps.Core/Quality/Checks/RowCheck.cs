namespace AcodeOps.Quality.Checks;

/// <summary>
/// A kind of check of a column's values, row by row. A new kind is one class: it says which columns it judges of itself, and the
/// environment file may ask for it by its name for others. NULL is the business of <c>notNull</c> alone.
/// </summary>
public abstract class RowCheck
{
    /// <summary>Its name in the environment file: <c>range</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How much breaking it matters where the environment does not say.</summary>
    public virtual FindingSeverity Severity => FindingSeverity.Warning;

    /// <summary>The most rows that may break it where the environment does not say, in per cent.</summary>
    public virtual double Limit(QualityTable table) => 0;

    /// <summary>What a rule demands, in a few words: <c>from 0 to 10,000,000</c>.</summary>
    public abstract string Title(QualityRuleDefinition rule);

    /// <summary>The rules that a table has of itself.</summary>
    public abstract IEnumerable<QualityRuleDefinition> RulesOf(QualityTable table);

    /// <summary>What a rule of this kind lacks or has wrong, in a sentence; null when it can be checked. Asked when the environment file is read.</summary>
    public virtual string? Complaint(QualityRuleDefinition rule) => null;

    /// <summary>Makes ready to judge rows: what is given back tells of each row what is wrong with it, in a few words; null for nothing.</summary>
    /// <param name="rule">The rule; its column is there.</param>
    /// <param name="table">The table.</param>
    public abstract Func<object?[], string?> Open(QualityRuleDefinition rule, QualityTable table);

    /// <summary>The columns that a table's definition names for a purpose.</summary>
    private protected static IEnumerable<string> Declared(QualityTable table, params string?[] columns) =>
        columns.OfType<string>().Where(column => table.IndexOf(column) >= 0).Distinct(StringComparer.OrdinalIgnoreCase);
}
