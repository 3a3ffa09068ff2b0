using System.Globalization;

namespace AcodeOps.Quality.Checks;

/// <summary>No two rows may have the same value. A source's key is unique by its index; in the lake rows may come twice.</summary>
internal sealed class UniqueCheck : RowCheck
{
    /// <inheritdoc />
    public override string Name => "unique";

    /// <inheritdoc />
    public override string Title(QualityRuleDefinition rule) => "comes once";

    /// <inheritdoc />
    public override IEnumerable<QualityRuleDefinition> RulesOf(QualityTable table) =>
        table.KeyMayRepeat && table.IndexOf(table.Definition.Key) >= 0 ? [table.Rule(table.Definition.Key, Name)] : [];

    /// <inheritdoc />
    public override Func<object?[], string?> Open(QualityRuleDefinition rule, QualityTable table)
    {
        int at = table.IndexOf(rule.Column);
        HashSet<long> numbers = [];
        HashSet<string> texts = new(StringComparer.Ordinal);
        // Keys are numbers nearly always, and take a tenth of the memory as such.
        return row => Cells.Text(row[at]) is not { } text
            || (text[0] is >= '1' and <= '9' && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? numbers.Add(number) : texts.Add(text))
            ? null : "comes again";
    }
}
