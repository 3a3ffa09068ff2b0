using System.Text.RegularExpressions;

namespace AcodeOps.Quality.Checks;

/// <summary>A value must match a regular expression that the environment states.</summary>
internal sealed class PatternCheck : RowCheck
{
    // Time grows with the length of the value only: what needs to go back is refused when the file is read.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <inheritdoc />
    public override string Name => "pattern";

    /// <inheritdoc />
    public override string Title(QualityRuleDefinition rule) => $"matches {rule.Pattern}";

    /// <inheritdoc />
    public override string? Complaint(QualityRuleDefinition rule)
    {
        try
        {
            _ = Whole(rule);
            return rule.Pattern is null ? "'pattern' needs pattern, a regular expression." : null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return "'pattern' is no regular expression, or one that looks back or ahead.";
        }
    }

    /// <inheritdoc />
    public override IEnumerable<QualityRuleDefinition> RulesOf(QualityTable table) => [];

    /// <inheritdoc />
    public override Func<object?[], string?> Open(QualityRuleDefinition rule, QualityTable table)
    {
        int at = table.IndexOf(rule.Column);
        Regex whole = Whole(rule);
        return row => Cells.Text(row[at]) is { } text && !whole.IsMatch(text) ? "does not match" : null;
    }

    private static Regex Whole(QualityRuleDefinition rule) => new($@"\A(?:{rule.Pattern})\z", Options);
}
