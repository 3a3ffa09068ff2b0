namespace AcodeOps.Comparing;

/// <summary>Counts the differences of a table, and keeps the first of them.</summary>
internal sealed class DifferenceTally(long mostRows)
{
    private const int MostKept = 1_000;
    private const int MostDays = 100;

    private readonly List<RowDifference> _kept = [];
    private readonly SortedSet<DateOnly> _days = [];
    private readonly long[] _counts = new long[Enum.GetValues<RowDifferenceKind>().Length];
    private long _budget = mostRows;

    public long RowsFrom { get; set; }

    public long RowsTo { get; set; }

    public long InFlight { get; set; }

    /// <summary>Rows of which nobody can tell whether they are due.</summary>
    public long Undecided { get; set; }

    /// <summary>Rows that were too many to be read: whether they are due, or in flight, cannot be told.</summary>
    public void Leave(long rows) => (Undecided, IsWhole) = (Undecided + rows, false);

    public long Superseded { get; set; }

    public bool IsWhole { get; private set; } = true;

    /// <summary>A row that differs.</summary>
    public void Add(RowDifference row)
    {
        _counts[(int)row.Kind] += Math.Max(1, row.Copies);
        if (_kept.Count < MostKept)
        {
            _kept.Add(row);
        }

        if (row.Day is { } day && _days.Count < MostDays)
        {
            _days.Add(day);
        }
    }

    /// <summary>Rows of a kind that are not told one by one.</summary>
    public void Add(RowDifferenceKind kind, long rows) => (_counts[(int)kind], IsWhole) = (_counts[(int)kind] + rows, false);

    /// <summary>True where so many more rows may be read one by one; they are counted then.</summary>
    public bool MayRead(long rows)
    {
        bool may = rows <= _budget;
        _budget -= may ? rows : 0;
        return may;
    }

    /// <summary>The result of what was counted.</summary>
    public DataDifference Into(DataDifference result)
    {
        DataDifference told = result with
        {
            RowsFrom = RowsFrom,
            RowsTo = RowsTo,
            RowsInFlight = InFlight,
            RowsUndecided = Undecided,
            RowsSuperseded = Superseded,
            IsWhole = IsWhole,
            Missing = _counts[(int)RowDifferenceKind.Missing],
            Extra = _counts[(int)RowDifferenceKind.Extra],
            Duplicated = _counts[(int)RowDifferenceKind.Duplicated],
            Changed = _counts[(int)RowDifferenceKind.Changed],
            Days = [.. _days],
            Rows = [.. _kept.OrderBy(row => row.Key).ThenBy(row => row.Kind)],
        };
        return told with
        {
            Verdict = told.Missing + told.Extra + told.Changed + told.Unreadable.Count > 0 ? Verdict.Failed
                : Undecided > 0 ? Verdict.Unknown
                : told.Duplicated > 0 ? Verdict.Degraded
                : Verdict.Healthy,
        };
    }
}
