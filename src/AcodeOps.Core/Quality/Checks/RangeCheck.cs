using System.Globalization;
using System.Text.RegularExpressions;

namespace AcodeOps.Quality.Checks;

/// <summary>A number must lie in a range: amounts and quantities of sales are not negative, and not absurd.</summary>
internal sealed partial class RangeCheck : RowCheck
{
    // No line of an invoice of a pharmacy costs ten million, nor is a million of anything sold at once.
    private const double MostMoney = 10_000_000;
    private const double MostPieces = 1_000_000;

    /// <inheritdoc />
    public override string Name => "range";

    /// <inheritdoc />
    public override FindingSeverity Severity => FindingSeverity.Error;

    /// <inheritdoc />
    public override string Title(QualityRuleDefinition rule) => (rule.Min, rule.Max) switch
    {
        ({ } min, { } max) => string.Create(CultureInfo.InvariantCulture, $"from {min:#,0.####} to {max:#,0.####}"),
        ({ } min, _) => string.Create(CultureInfo.InvariantCulture, $"{min:#,0.####} or more"),
        (_, var max) => string.Create(CultureInfo.InvariantCulture, $"{max:#,0.####} or less"),
    };

    /// <inheritdoc />
    public override string? Complaint(QualityRuleDefinition rule) => rule is { Min: null, Max: null } ? "'range' needs min, max or both."
        : rule.Min > rule.Max ? "'min' is greater than 'max'." : null;

    /// <inheritdoc />
    public override IEnumerable<QualityRuleDefinition> RulesOf(QualityTable table) => table.Columns
        .Where(column => column.Equals(table.Definition.Value, StringComparison.OrdinalIgnoreCase) || Amount().IsMatch(column))
        .Select(column => table.Rule(column, Name) with { Min = 0, Max = column.StartsWith("Qtd", StringComparison.OrdinalIgnoreCase) ? MostPieces : MostMoney });

    /// <inheritdoc />
    public override Func<object?[], string?> Open(QualityRuleDefinition rule, QualityTable table)
    {
        int at = table.IndexOf(rule.Column);
        double min = rule.Min ?? double.NegativeInfinity, max = rule.Max ?? double.PositiveInfinity;
        return row => Cells.Text(row[at]) is null ? null
            : Cells.Number(row[at]) is not { } number || double.IsNaN(number) ? "no number"
            : number < min ? (min == 0 ? "negative" : "too small")
            : number > max ? "too great" : null;
    }

    [GeneratedRegex(@"\A(ACODE_)?(Val|Valor|Qtd)_", RegexOptions.IgnoreCase)]
    private static partial Regex Amount();
}
