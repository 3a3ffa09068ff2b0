using System.Globalization;
using System.Runtime.CompilerServices;
using AcodeOps.Exporting;
using AcodeOps.Health;
using AcodeOps.Quality.Days;
using AcodeOps.Quality.Reading;

namespace AcodeOps.Quality;

/// <summary>Tests the data of tables by their rules, one table after the other: each in one pass over the rows of its days.</summary>
/// <param name="installation">What to test.</param>
/// <param name="progress">Is told how far it is; null for nobody.</param>
public sealed class QualityTester(IInstallation installation, IProgress<string>? progress = null)
{
    // Rows of a table without an event date are not of some days: its newest are enough to judge it.
    private const long NewestRows = 100_000;

    /// <summary>Tests. A table that cannot be read comes as Unknown, with the reason.</summary>
    /// <exception cref="AcodeException"><c>NoUsableSource</c>: no source can be read.</exception>
    public async IAsyncEnumerable<DataQualityResult> TestAsync(QualityRequest request, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ChosenSource? chosen = request.IsOfLake ? null
            : await new Exporting.SourceChoice(installation, TimeSpan.FromSeconds(request.TimeoutSeconds)).ChooseAsync(request.Source, cancel).ConfigureAwait(false);
        HealthContext context = new(installation, cancel);
        TimeZoneInfo zone = LocalTimes.Zone(installation.Environment.TimeZone);
        DateTime now = TimeZoneInfo.ConvertTime(installation.Clock.GetUtcNow(), zone).DateTime;
        DateOnly to = request.Until ?? DateOnly.FromDateTime(now).AddDays(-1);
        foreach (TableDefinition table in request.Tables)
        {
            DataQualityResult result = Started(table, to, request);
            try
            {
                TestedRows rows = chosen is null
                    ? await LakeTestedRows.FindAsync(context, table, result.From ?? to, to, cancel).ConfigureAwait(false)
                    : await SourceTestedRows.FindAsync(installation.Source(chosen.Role), table, to.AddDays(1 - request.Days), to, Math.Min(request.MostRows, NewestRows), cancel).ConfigureAwait(false);
                QualityTable tested = new(table, rows.Columns, now, installation.Environment.Objectives) { Zone = zone, KeyMayRepeat = rows.KeyMayRepeat };
                result = await JudgeAsync(result with { ReadFrom = rows.ReadFrom, Evidence = [.. chosen is null ? [] : new[] { chosen.Reason }, .. rows.Evidence] }, tested, rows, request.MostRows, cancel).ConfigureAwait(false);
                result = chosen is null ? result : await WithDaysAsync(result, installation.Source(chosen.Role), table, DateOnly.FromDateTime(now), cancel).ConfigureAwait(false);
            }
            catch (AcodeException failure) when (!cancel.IsCancellationRequested)
            {
                result = result with { Rules = [.. result.Rules, NotRead(table, failure)] };
            }

            yield return Ended(result);
        }
    }

    private DataQualityResult Started(TableDefinition table, DateOnly to, QualityRequest request) => new()
    {
        Environment = installation.Environment.Name,
        Table = table.Name,
        ReadFrom = request.IsOfLake ? "lake" : "source",
        From = table.EventDate is null ? null : to.AddDays(1 - request.Days),
        To = table.EventDate is null ? null : to,
        Verdict = Verdict.Unknown,
        TestedAt = installation.Clock.GetUtcNow(),
    };

    private async Task<DataQualityResult> JudgeAsync(DataQualityResult result, QualityTable table, TestedRows rows, long mostRows, CancellationToken cancel)
    {
        IReadOnlyList<QualityRuleDefinition> rules = QualityRuleBook.RowRules(table, installation.Environment);
        RuleTally[] tallies = [.. rules.Select(rule => new RuleTally(rule, table))];
        HashSet<int> wanted =
        [
            .. rules.SelectMany(rule => new[] { rule.Column, rule.Other })
                .Concat([table.Definition.Key, table.Definition.EventDate, table.Definition.ProcessedAt]).Select(table.IndexOf).Where(i => i >= 0),
        ];
        long count = 0;
        await foreach (IEnumerable<object?[]> page in rows.ReadAsync(wanted, cancel).ConfigureAwait(false))
        {
            foreach (object?[] row in page)
            {
                if (count == mostRows)
                {
                    return With(result, tallies, count) with { IsWhole = false, Evidence = [.. result.Evidence, string.Create(CultureInfo.InvariantCulture, $"ended after {count:N0} rows, its limit: the rest was not judged")] };
                }

                count++;
                foreach (RuleTally tally in tallies)
                {
                    tally.Add(row);
                }
            }

            progress?.Report(string.Create(CultureInfo.InvariantCulture, $"{table.Definition}: {count:N0} rows"));
        }

        return With(result, tallies, count) with { IsWhole = rows.IsWhole };
    }

    private static DataQualityResult With(DataQualityResult result, RuleTally[] tallies, long count) => result with { Rows = count, Rules = [.. tallies.Select(tally => tally.ToResult(count))] };

    private async Task<DataQualityResult> WithDaysAsync(DataQualityResult result, ISource source, TableDefinition table, DateOnly today, CancellationToken cancel)
    {
        if (result is not { From: { } from, To: { } to })
        {
            return result;
        }

        DayReading reading = new(source, table, from, to, today);
        List<QualityRuleResult> rules = [.. result.Rules];
        foreach (QualityRuleDefinition rule in QualityRuleBook.DayRules(table, installation.Environment))
        {
            rules.Add(await DayRuleResult.OfAsync(rule, reading, installation.Environment.Objectives, result.Rows, cancel).ConfigureAwait(false));
        }

        return result with { Rules = rules };
    }

    private static DataQualityResult Ended(DataQualityResult result)
    {
        QualityRuleResult[] rules = [.. result.Rules.OrderByDescending(rule => rule.Verdict.Severity()).ThenBy(rule => rule.Share).ThenBy(rule => rule.Rule, StringComparer.Ordinal)];
        return result with { Rules = rules, Verdict = rules.Length > 0 ? rules[0].Verdict : Verdict.Unknown, Score = QualityScore.Of(rules) };
    }

    private static QualityRuleResult NotRead(TableDefinition table, AcodeException failure) => new()
    {
        Table = table.Name,
        Check = "read",
        Title = "can be read",
        Verdict = Verdict.Unknown,
        Severity = FindingSeverity.Error,
        Limit = 0,
        Unit = "rows",
        Summary = failure.Message,
        ErrorId = failure.Id,
        Remedy = failure.Advice,
    };
}
