namespace AcodeOps.Comparing;

/// <summary>Compares rows one by one, and counts what differs.</summary>
/// <param name="compared">What is compared.</param>
/// <param name="due">Which rows should be there by now.</param>
/// <param name="tally">Takes the differences.</param>
internal sealed class RowComparison(ComparedTable compared, DueRows due, DifferenceTally tally)
{
    /// <summary>The last key of the other side; null where it is empty.</summary>
    public long? LastTo { get; init; }

    /// <summary>The last key of the source where it may be behind: what the other side has beyond it cannot be judged by it. Null where it is not behind.</summary>
    public long? LastFrom { get; init; }

    /// <summary>Chooses from stretches those whose rows may be read. Of the others only what the other side has too much is certain: the rest may be in flight.</summary>
    public List<Keys> Choose(IEnumerable<DifferingStretch> stretches)
    {
        List<Keys> chosen = [];
        foreach (DifferingStretch stretch in stretches)
        {
            if (!tally.MayRead(Math.Max(stretch.From, stretch.To)))
            {
                if (stretch.To > stretch.From && !(stretch.Keys.To > LastFrom))
                {
                    tally.Add(RowDifferenceKind.Extra, stretch.To - stretch.From);
                }
                else
                {
                    tally.Leave(Math.Max(1, stretch.From - stretch.To));
                }
            }
            else if (chosen.Count > 0 && chosen[^1].To + 1 == stretch.Keys.From)
            {
                chosen[^1] = chosen[^1] with { To = stretch.Keys.To };
            }
            else
            {
                chosen.Add(stretch.Keys);
            }
        }

        return chosen;
    }

    /// <summary>Compares the rows of the same ranges.</summary>
    /// <param name="from">The source's.</param>
    /// <param name="to">The other side's, every copy and version; the one that counts comes last.</param>
    public void Compare(Dictionary<long, ComparedRow> from, Dictionary<long, List<ComparedRow>> to)
    {
        foreach (long key in from.Keys.Union(to.Keys).Order())
        {
            ComparedRow? row = from.GetValueOrDefault(key);
            if (!to.TryGetValue(key, out List<ComparedRow>? there))
            {
                Judge(row!, new RowDifference(RowDifferenceKind.Missing, key) { Day = row!.Day, ProcessedAt = row.ProcessedAt });
            }
            else if (row is null)
            {
                Add(there, key);
            }
            else if (ChangedColumns(row, there[^1]) is { Count: > 0 } columns)
            {
                Judge(row, new RowDifference(RowDifferenceKind.Changed, key) { Day = row.Day, ProcessedAt = row.ProcessedAt, Columns = columns, Objects = ObjectsOf(there) });
            }
        }
    }

    /// <summary>The rows that are there more than once.</summary>
    public void Count(IEnumerable<(long Key, int Copies)> duplicates, Dictionary<long, List<ComparedRow>> rows)
    {
        foreach ((long key, int copies) in duplicates)
        {
            if (rows.TryGetValue(key, out List<ComparedRow>? there))
            {
                tally.Add(new RowDifference(RowDifferenceKind.Duplicated, key) { Day = there[^1].Day, ProcessedAt = there[^1].ProcessedAt, Copies = copies, Objects = ObjectsOf(there) });
            }
            else
            {
                tally.Add(RowDifferenceKind.Duplicated, copies);
            }
        }
    }

    /// <summary>Rows of the source where the other side has none.</summary>
    public async Task CountMissingAsync(SourceSide source, Keys keys, CancellationToken cancel)
    {
        await foreach ((Keys part, long rows) in source.PartsAsync(keys, cancel).ConfigureAwait(false))
        {
            tally.RowsFrom += rows;
            if (rows == 0)
            {
                continue;
            }

            if (tally.MayRead(rows))
            {
                Compare(await source.ReadRowsAsync([part], cancel).ConfigureAwait(false), []);
            }
            else if (await source.FindFirstAsync(part, cancel).ConfigureAwait(false) is { } first)
            {
                CountByFirst(first, rows);
            }
        }
    }

    // Keys grow with time: where the first row is in flight, the others are. Where it is missing, the last ones may be in flight all the same.
    private void CountByFirst(ComparedRow first, long rows)
    {
        if (due.IsDue(first, LastTo) == false)
        {
            tally.InFlight += rows;
            return;
        }

        Compare(new() { [first.Key] = first }, []);
        tally.Leave(rows - 1);
    }

    private void Add(List<ComparedRow> there, long key)
    {
        if (LastFrom is { } last && key > last)
        {
            tally.InFlight++;
        }
        else
        {
            tally.Add(new RowDifference(RowDifferenceKind.Extra, key) { Day = there[^1].Day, ProcessedAt = there[^1].ProcessedAt, Objects = ObjectsOf(there) });
        }
    }

    private void Judge(ComparedRow row, RowDifference difference)
    {
        switch (due.IsDue(row, LastTo))
        {
            case true:
                tally.Add(difference);
                break;
            case false:
                tally.InFlight++;
                break;
            default:
                tally.Undecided++;
                break;
        }
    }

    private List<string> ChangedColumns(ComparedRow row, ComparedRow other)
    {
        List<string> columns = [];
        for (int i = 0; i < compared.Columns.Count; i++)
        {
            if (row.Values[i] != other.Values[i])
            {
                columns.Add(compared.Columns[i].Name);
            }
        }

        return columns;
    }

    private static IReadOnlyList<string> ObjectsOf(List<ComparedRow> rows) => [.. rows.Select(row => row.Object).OfType<string>().Distinct(StringComparer.Ordinal)];
}
