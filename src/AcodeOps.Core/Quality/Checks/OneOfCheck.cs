namespace AcodeOps.Quality.Checks;

/// <summary>A value must be one of those that the environment lists.</summary>
internal sealed class OneOfCheck : RowCheck
{
    private const int Shown = 5;

    /// <inheritdoc />
    public override string Name => "oneOf";

    /// <inheritdoc />
    public override string Title(QualityRuleDefinition rule) =>
        $"one of {string.Join(", ", rule.Values.Take(Shown))}{(rule.Values.Count > Shown ? $" and {rule.Values.Count - Shown} more" : "")}";

    /// <inheritdoc />
    public override string? Complaint(QualityRuleDefinition rule) => rule.Values.Count == 0 ? "'oneOf' needs values." : null;

    /// <inheritdoc />
    public override IEnumerable<QualityRuleDefinition> RulesOf(QualityTable table) => [];

    /// <inheritdoc />
    public override Func<object?[], string?> Open(QualityRuleDefinition rule, QualityTable table)
    {
        int at = table.IndexOf(rule.Column);
        HashSet<string> values = [.. rule.Values];
        return row => Cells.Text(row[at]) is { } text && !values.Contains(text) ? "none of them" : null;
    }
}
