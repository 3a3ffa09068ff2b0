namespace AcodeOps.Quality.Checks;

/// <summary>A time must not lie ahead. Rows whose event date does are in no day that could be read: a check of days counts them.</summary>
internal sealed class NotFutureCheck : RowCheck
{
    // Clocks differ, and the time now is that of the begin of a reading which takes a while.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    /// <inheritdoc />
    public override string Name => "notFuture";

    /// <inheritdoc />
    public override FindingSeverity Severity => FindingSeverity.Error;

    /// <inheritdoc />
    public override string Title(QualityRuleDefinition rule) => "does not lie in the future";

    /// <inheritdoc />
    public override IEnumerable<QualityRuleDefinition> RulesOf(QualityTable table) =>
        Declared(table, [table.Definition.ProcessedAt, table.KeyMayRepeat ? table.Definition.EventDate : null]).Select(column => table.Rule(column, Name));

    /// <inheritdoc />
    public override Func<object?[], string?> Open(QualityRuleDefinition rule, QualityTable table)
    {
        int at = table.IndexOf(rule.Column);
        DateTime latest = table.Now + Tolerance;
        return row => Cells.Text(row[at]) is null ? null : Cells.Time(row[at], table.Zone) is not { } time ? "no time" : time.Earliest > latest ? "in the future" : null;
    }
}
