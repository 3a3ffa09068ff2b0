using System.Runtime.CompilerServices;
using AcodeOps.Quality;

namespace AcodeOps.Comparing;

/// <summary>A source's rows of a table, along the key.</summary>
internal sealed class SourceSide(ISource source, ComparedTable compared) : IChecksums
{
    private const int StepRows = 131_072;
    private const int CountRows = 1_000_000;

    private readonly TableDefinition _table = compared.Table;

    /// <summary>Where it is.</summary>
    public string Place => source.Definition.ToString();

    /// <summary>The first key and the last one; null for an empty table.</summary>
    public async Task<Keys?> FindKeysAsync(CancellationToken cancel)
    {
        KeyStep first = await source.StepAsync(_table, new Keys(long.MinValue, long.MaxValue).Range, 1, cancel).ConfigureAwait(false);
        return first.Last is { } least && await source.ReadCursorAsync(_table, _table.Key, cancel).ConfigureAwait(false) is { } greatest
            ? new Keys(Keys.Number(least), Keys.Number(greatest))
            : null;
    }

    /// <summary>The first row of a range; null where there is none.</summary>
    public async Task<ComparedRow?> FindFirstAsync(Keys keys, CancellationToken cancel)
    {
        KeyStep first = await source.StepAsync(_table, keys.Range, 1, cancel).ConfigureAwait(false);
        return first.Last is { } key
            ? (await ReadRowsAsync([new Keys(Keys.Number(key), Keys.Number(key))], cancel).ConfigureAwait(false)).Values.FirstOrDefault()
            : null;
    }

    /// <summary>Counts the rows of a range.</summary>
    public async Task<long> CountAsync(Keys keys, CancellationToken cancel)
    {
        long rows = 0;
        await foreach ((_, long some) in StepsAsync(keys, CountRows, cancel).ConfigureAwait(false))
        {
            rows += some;
        }

        return rows;
    }

    /// <summary>The range in parts that have no more rows than are summed in one statement, with their rows; together they are the whole range.</summary>
    public IAsyncEnumerable<(Keys Keys, long Rows)> PartsAsync(Keys keys, CancellationToken cancel) => StepsAsync(keys, StepRows, cancel);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<long, RangeChecksum>> ReadAsync(Keys keys, long width, CancellationToken cancel) =>
        source.ReadChecksumsAsync(_table, keys.Range, width, compared.Columns, cancel);

    /// <summary>Adds the checksums of a range to those of stretches that count from an origin; in statements of a bounded number of rows.</summary>
    public async Task AddSumsAsync(Dictionary<long, RangeChecksum> sums, Keys keys, long origin, long width, CancellationToken cancel)
    {
        await foreach ((Keys part, long rows) in PartsAsync(keys, cancel).ConfigureAwait(false))
        {
            if (rows == 0)
            {
                continue;
            }

            // A part begins in the middle of a stretch: that piece is asked for by itself, so that the others begin where stretches do.
            long first = (part.From - origin) / width;
            long next = origin + ((first + 1) * width);
            foreach (Keys piece in part.From == next - width || part.To < next ? [part] : new[] { part with { To = next - 1 }, part with { From = next } })
            {
                long number = (piece.From - origin) / width;
                foreach ((long stretch, RangeChecksum sum) in await ReadAsync(piece, width, cancel).ConfigureAwait(false))
                {
                    RangeChecksum before = sums.GetValueOrDefault(number + stretch);
                    sums[number + stretch] = new RangeChecksum(before.Rows + sum.Rows, before.Sum + sum.Sum);
                }
            }
        }
    }

    /// <summary>The rows of some ranges, by their keys.</summary>
    public async Task<Dictionary<long, ComparedRow>> ReadRowsAsync(IReadOnlyList<Keys> ranges, CancellationToken cancel)
    {
        TableWay way = await source.FindWayAsync(_table, cancel).ConfigureAwait(false);
        int key = way.IndexOf(_table.Key), day = way.IndexOf(_table.EventDate), time = way.IndexOf(_table.ProcessedAt);
        (int Place, RowColumn Column)[] columns = [.. compared.Columns.Select(column => (way.IndexOf(column.Name), column))];
        Dictionary<long, ComparedRow> rows = [];
        await foreach (IReadOnlyList<SourceRow> page in source.ReadRowsAsync(_table, new RowWindow { Keys = [.. ranges.Select(range => range.Range)] }, null, cancel).ConfigureAwait(false))
        {
            foreach (object?[] values in page.Select(row => row.Values))
            {
                long number = Keys.Number(Convert.ToString(values[key], System.Globalization.CultureInfo.InvariantCulture)!);
                rows[number] = new ComparedRow(number, Array.ConvertAll(columns, one => one.Place < 0 ? null : CanonicalValue.Of(one.Column, values[one.Place])))
                {
                    Day = day < 0 ? null : Cells.Time(values[day], compared.Zone)?.Day,
                    ProcessedAt = time < 0 ? null : Cells.Text(values[time]),
                    ProcessedAtWall = time < 0 ? null : Cells.Time(values[time], compared.Zone),
                };
            }
        }

        return rows;
    }

    private async IAsyncEnumerable<(Keys Keys, long Rows)> StepsAsync(Keys keys, int rows, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (long from = keys.From; ;)
        {
            KeyStep step = await source.StepAsync(_table, new Keys(from, keys.To).Range, rows, cancel).ConfigureAwait(false);
            long to = step.Rows < rows ? keys.To : Keys.Number(step.Last!);
            yield return (new Keys(from, to), step.Rows);
            if (to == keys.To)
            {
                yield break;
            }

            from = to + 1;
        }
    }
}
