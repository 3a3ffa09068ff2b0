using AcodeOps.Quality.Days;

namespace AcodeOps.Quality;

/// <summary>Holds what a check of days measured against its rule.</summary>
internal static class DayRuleResult
{
    /// <summary>The result of a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="reading">The days.</param>
    /// <param name="objectives">What is promised.</param>
    /// <param name="rows">The rows of the days, for the share of rows beside them.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<QualityRuleResult> OfAsync(QualityRuleDefinition rule, DayReading reading, Objectives objectives, long rows, CancellationToken cancel)
    {
        DayCheck check = DayChecks.Find(rule.Check)!;
        double limit = rule.Limit ?? check.Limit(objectives);
        FindingSeverity severity = rule.Severity ?? check.Severity;
        QualityRuleResult result = new()
        {
            Table = rule.Table,
            Check = rule.Check,
            Title = check.Title,
            Severity = severity,
            Owner = rule.Owner,
            Limit = limit,
            Unit = check.Unit,
            Verdict = Verdict.Unknown,
            Summary = "",
        };
        try
        {
            DayFigure figure = await check.MeasureAsync(reading, cancel).ConfigureAwait(false);
            if (figure.Value is not { } value)
            {
                return result with { Summary = figure.Summary, Evidence = figure.Evidence, ErrorId = "QualityNotMeasured", Remedy = "Have an index made that leads with the event date, where there is none." };
            }

            bool isKept = check.IsFloor ? value >= limit : value <= limit;
            return result with
            {
                Verdict = isKept ? Verdict.Healthy : severity == FindingSeverity.Error ? Verdict.Failed : Verdict.Degraded,
                Value = value,
                Share = isKept ? 1 : check.IsFloor ? value / limit : rows / (rows + value),
                Summary = $"{figure.Summary}.",
                Evidence = figure.Evidence,
                ErrorId = isKept ? null : "QualityRuleBroken",
                Remedy = isKept ? null : check.Remedy,
            };
        }
        catch (AcodeException failure)
        {
            return result with { Summary = failure.Message, ErrorId = failure.Id, Remedy = failure.Advice };
        }
    }
}
