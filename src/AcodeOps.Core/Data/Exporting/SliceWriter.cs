using System.Globalization;
using AcodeOps.Runbooks;

namespace AcodeOps.Exporting;

/// <summary>Gathers the rows of a slice into objects of a bounded size: the rows of one are in memory, never more.</summary>
internal sealed class SliceWriter
{
    private readonly StepContext _context;
    private readonly ExportPlan _plan;
    private readonly ExportSlice _slice;
    private readonly IObjectStore _store;
    private readonly IReadOnlyList<RowColumn> _columns;
    private readonly ExportFacts _facts;
    private readonly int _processedAt;
    private readonly List<object?[]> _rows = [];
    private (long Bytes, long ZeroDates, DateTime? Least, DateTime? Greatest, RowPosition? Last) _gathered;
    private (int Objects, long Rows, long Bytes) _written;

    /// <param name="context">The step's.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="slice">What is copied.</param>
    /// <param name="store">Where to.</param>
    /// <param name="columns">The columns of the rows.</param>
    public SliceWriter(StepContext context, ExportPlan plan, ExportSlice slice, IObjectStore store, IReadOnlyList<RowColumn> columns)
    {
        (_context, _plan, _slice, _store, _columns) = (context, plan, slice, store, columns);
        _facts = new ExportFacts(context.Facts);
        IReadOnlyList<ExportObject> before = _facts.Objects(slice);
        _written = (before.Count, before.Sum(o => o.Rows), before.Sum(o => o.Bytes));
        _processedAt = columns.ToList().FindIndex(column =>
            column.Name.Equals(slice.Table.Table.ProcessedAt, StringComparison.OrdinalIgnoreCase) && column.Kind is RowColumnKind.LocalTime or RowColumnKind.UtcTime);
    }

    /// <summary>Adds a row; writes an object where it makes one full.</summary>
    public async Task AddAsync(SourceRow row, CancellationToken cancel)
    {
        _rows.Add(row.Values);
        DateTime? time = _processedAt >= 0 ? (DateTime?)row.Values[_processedAt] : null;
        _gathered = (
            _gathered.Bytes + row.Bytes,
            _gathered.ZeroDates + row.ZeroDates,
            time < _gathered.Least || _gathered.Least is null ? time ?? _gathered.Least : _gathered.Least,
            time > _gathered.Greatest || _gathered.Greatest is null ? time ?? _gathered.Greatest : _gathered.Greatest,
            row.Position);
        if (_rows.Count >= _plan.ObjectRows || _gathered.Bytes >= _plan.ObjectBytes)
        {
            await WriteAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Writes what is left.</summary>
    public Task EndAsync(CancellationToken cancel) => _rows.Count > 0 ? WriteAsync(cancel) : Task.CompletedTask;

    private async Task WriteAsync(CancellationToken cancel)
    {
        int number = _written.Objects + 1;
        string key = ExportKeys.Part(_store.Definition, _context.RunId, _slice, number);
        ReadOnlyMemory<byte> file = await _context.Installation.LakeWriter.WriteAsync(_columns, _rows, cancel).ConfigureAwait(false);
        string tag = await _store.PutAsync(key, file, new PutOptions { Encrypt = _plan.Encrypt }, cancel).ConfigureAwait(false);
        _facts.Add(_slice, number, new ExportObject
        {
            Key = key,
            Date = _slice.Date,
            Rows = _rows.Count,
            Bytes = file.Length,
            ETag = tag,
            ZeroDates = _gathered.ZeroDates,
            ProcessedAt = _gathered is ({ }, _, { } least, { } greatest, _) ? new ColumnRange(Text(least), Text(greatest)) : null,
            Last = _gathered.Last!,
        });
        await _context.SaveAsync(cancel).ConfigureAwait(false);
        _written = (number, _written.Rows + _rows.Count, _written.Bytes + file.Length);
        _rows.Clear();
        _gathered = default;
        int? percent = _slice.RowsExpected is > 0 and { } expected ? (int)Math.Min(99, 100 * _written.Rows / expected) : null;
        _context.Report(string.Create(CultureInfo.InvariantCulture, $"{_written.Rows:N0} rows, {_written.Bytes / 1e6:N1} MB"), percent);
    }

    // As the footers of the lake's objects are told.
    private static string Text(DateTime time) =>
        time.ToString(time.Kind == DateTimeKind.Utc ? "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
