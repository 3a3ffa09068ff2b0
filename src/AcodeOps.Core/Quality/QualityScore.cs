namespace AcodeOps.Quality;

/// <summary>The score of a table's rules.</summary>
internal static class QualityScore
{
    private const double ErrorWeight = 3;

    /// <summary>
    /// <c>100 × Σ(weight × share) / Σ weight</c> over the rules that were measured, with weight 3 for errors and 1 for warnings; null
    /// where none was.
    /// </summary>
    public static double? Of(IEnumerable<QualityRuleResult> rules)
    {
        double sum = 0, weights = 0;
        foreach (QualityRuleResult rule in rules)
        {
            if (rule.Share is { } share)
            {
                double weight = rule.Severity == FindingSeverity.Error ? ErrorWeight : 1;
                (sum, weights) = (sum + (weight * share), weights + weight);
            }
        }

        return weights > 0 ? 100 * sum / weights : null;
    }
}
