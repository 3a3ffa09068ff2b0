using System.Globalization;
using AcodeOps.Quality.Checks;

namespace AcodeOps.Quality;

/// <summary>Counts what one rule finds in the rows.</summary>
internal sealed class RuleTally
{
    /// <summary>How many keys are kept.</summary>
    public const int MostKeys = 1_000;

    private readonly QualityRuleDefinition _rule;
    private readonly QualityTable _table;
    private readonly RowCheck _check;
    private readonly Func<object?[], string?>? _judge;
    private readonly Dictionary<string, long> _faults = [];
    private readonly List<string> _keys = [];
    private readonly int _key, _processedAt;
    private long _bad;
    private DateTime? _replayFrom;

    public RuleTally(QualityRuleDefinition rule, QualityTable table)
    {
        (_rule, _table, _check) = (rule, table, RowChecks.Find(rule.Check)!);
        _judge = table.IndexOf(rule.Column) >= 0 ? _check.Open(rule, table) : null;
        (_key, _processedAt) = (table.IndexOf(table.Definition.Key), table.IndexOf(table.Definition.ProcessedAt));
    }

    /// <summary>Judges a row.</summary>
    public void Add(object?[] row)
    {
        if (_judge?.Invoke(row) is not { } fault)
        {
            return;
        }

        _bad++;
        _faults[fault] = _faults.GetValueOrDefault(fault) + 1;
        if (_keys.Count < MostKeys && _key >= 0 && Cells.Text(row[_key]) is { } key)
        {
            _keys.Add(key);
        }

        if (_processedAt >= 0 && Cells.Time(row[_processedAt], _table.Zone) is { } processed && !(processed.Earliest >= _replayFrom))
        {
            _replayFrom = processed.Earliest;
        }
    }

    /// <summary>What it found in so many rows.</summary>
    public QualityRuleResult ToResult(long rows)
    {
        double limit = _rule.Limit ?? _check.Limit(_table);
        FindingSeverity severity = _rule.Severity ?? _check.Severity;
        QualityRuleResult result = new()
        {
            Table = _rule.Table,
            Column = _rule.Column,
            Check = _rule.Check,
            Title = _check.Title(_rule),
            Severity = severity,
            Owner = _rule.Owner,
            Limit = limit,
            Unit = "% of rows",
            Verdict = Verdict.Unknown,
            Summary = "",
        };
        if (_judge is null)
        {
            return result with { Summary = $"There is no column {_rule.Column}.", ErrorId = "QualityColumnMissing", Remedy = "Correct the rule in the environment file, or see Test-AcodeHealth -Component Schema: the table may have changed." };
        }

        if (rows == 0)
        {
            return result with { Summary = "No rows were read.", ErrorId = "QualityNotMeasured", Remedy = "See the rules of the table's days, and Test-AcodeHealth -Component Freshness." };
        }

        double percent = 100.0 * _bad / rows;
        bool isKept = percent <= limit;
        string faults = string.Join(", ", _faults.OrderByDescending(fault => fault.Value).Take(3).Select(fault => string.Create(CultureInfo.InvariantCulture, $"{fault.Key} {fault.Value:N0}")));
        return result with
        {
            Verdict = isKept ? Verdict.Healthy : severity == FindingSeverity.Error ? Verdict.Failed : Verdict.Degraded,
            Value = percent,
            Share = 1 - ((double)_bad / rows),
            BadRows = _bad,
            Faults = _faults,
            Keys = _keys,
            ReplayFrom = _replayFrom,
            Summary = _bad == 0 ? string.Create(CultureInfo.InvariantCulture, $"All {rows:N0} rows keep it.")
                : string.Create(CultureInfo.InvariantCulture, $"{_bad:N0} of {rows:N0} rows break it ({percent:0.###} %){(faults.Length > 0 ? $": {faults}" : "")}."),
            ErrorId = isKept ? null : "QualityRuleBroken",
            Remedy = isKept ? null : $"Give the keys of these rows to {_rule.Owner ?? "the partner"}; once they are corrected, have the days read again.",
        };
    }
}
