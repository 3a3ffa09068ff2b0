using System.Globalization;
using System.Runtime.CompilerServices;
using AcodeOps.Tuning;

namespace AcodeOps.Core.Tests.Data.Exporting;

/// <summary>A source in memory: rows with a key, an event date and a processing time.</summary>
internal sealed class FakeSource(SourceRole role) : ISource
{
    public sealed record Row(long Key, DateOnly? Date, DateTime? ProcessedAt);

    public SourceDefinition Definition { get; init; } = TestInstallation.Definition.FindSource(role)!;

    public IServerStatistics Statistics { get; init; } = null!;

    /// <summary>How many rows a page has.</summary>
    public int PageRows { get; init; } = 3;

    public Dictionary<string, List<Row>> Tables { get; } = [];

    /// <summary>Thrown by every question, when set.</summary>
    public AcodeException? Fault { get; set; }

    /// <summary>Tables whose days are looked for along the key.</summary>
    public HashSet<string> Unindexed { get; } = [];

    /// <summary>Runs before each page, with the table and the day.</summary>
    public Action<string> BeforePage { get; set; } = _ => { };

    /// <summary>The pages that were asked for: the table and the day.</summary>
    public List<string> Pages { get; } = [];

    public IReadOnlyList<ReplicationStatus> Channels { get; set; } = [];

    public static IReadOnlyList<RowColumn> Columns { get; } =
    [
        new("idpk", "bigint", RowColumnKind.LongWhole), new("Data", "date", RowColumnKind.Date), new("Data_Processamento", "datetime", RowColumnKind.LocalTime),
    ];

    public Task<SourceServer> ProbeAsync(CancellationToken cancel) => Answer(new SourceServer
    {
        Flavor = SourceFlavor.MySql,
        Version = "9.7.4",
        ServerTimeAt = default,
        AnsweredAt = default,
        IsReadOnly = true,
        RoundTripMs = 1,
    });

    public Task<IReadOnlyList<ReplicationStatus>> ReadReplicationAsync(CancellationToken cancel) => Answer(Channels);

    public Task<TableWatermark> ReadWatermarkAsync(TableDefinition table, CancellationToken cancel) => Answer(new TableWatermark(table.Name)
    {
        ProcessedAt = Tables[table.Name].Max(row => row.ProcessedAt) is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null,
        Method = "memory",
    });

    public Task<TableVolume> ReadVolumeAsync(TableDefinition table, DateOnly from, DateOnly to, CancellationToken cancel) => Answer(new TableVolume(
        table.Name, Tables[table.Name].Where(row => row.Date >= from && row.Date <= to).GroupBy(row => row.Date!.Value).ToDictionary(day => day.Key, day => (long)day.Count()))
    {
        CompleteFrom = from,
        Method = "memory",
    });

    public Task<TablePass> ReadPassAsync(TableDefinition table, DateOnly from, DateOnly today, CancellationToken cancel) => throw new NotSupportedException();

    public Task<string?> ReadCursorAsync(TableDefinition table, string column, CancellationToken cancel) =>
        Answer(Tables[table.Name].Count == 0 ? null : Text(Tables[table.Name].Max(row => row.Key)));

    public Task<TableWay> FindWayAsync(TableDefinition table, CancellationToken cancel)
    {
        TableWay way = new(Columns, table.EventDate is null || Unindexed.Contains(table.Name) ? RowOrder.Key : RowOrder.EventDate) { Method = "memory", EstimatedRows = 10 };
        return Tables.ContainsKey(table.Name) ? Answer(way) : throw new AcodeException("SourceTableMissing", FailureClass.NotFound, $"There is no {table}.") { IsFatal = false };
    }

    public Task<DateLocations> LocateDatesAsync(TableDefinition table, DateOnly from, DateOnly to, IProgress<long>? progress, CancellationToken cancel)
    {
        List<Row> rows = Tables[table.Name];
        return Answer(new DateLocations(
            rows.Where(row => row.Date >= from && row.Date <= to).GroupBy(row => row.Date!.Value)
                .ToDictionary(day => day.Key, day => new DateLocation(day.Count(), [new KeyRange(Text(day.Min(row => row.Key)), Text(day.Max(row => row.Key)))])),
            rows.Count, "1"));
    }

    public async IAsyncEnumerable<IReadOnlyList<SourceRow>> ReadRowsAsync(
        TableDefinition table, RowWindow window, RowPosition? after, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (string? last = after?.Key; ;)
        {
            cancel.ThrowIfCancellationRequested();
            string page = $"{table.Name} {window.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "all"}";
            BeforePage(page);
            Pages.Add(page);
            Row[] rows = await Answer<Row[]>([.. Tables[table.Name].Where(row => (window.Date is null || row.Date == window.Date)
                && (window.Keys is null || window.Keys.Any(keys => IsIn(row, keys)))
                && (last is null || row.Key > long.Parse(last, CultureInfo.InvariantCulture))).OrderBy(row => row.Key).Take(PageRows)]);
            if (rows.Length == 0)
            {
                yield break;
            }

            last = Text(rows[^1].Key);
            yield return [.. rows.Select(row => new SourceRow(new RowPosition(0, Text(row.Key)), [row.Key, row.Date, row.ProcessedAt], 100, 0))];
        }
    }

    public Task<KeyStep> StepAsync(TableDefinition table, KeyRange keys, int most, CancellationToken cancel)
    {
        Row[] rows = [.. Tables[table.Name].Where(row => IsIn(row, keys)).OrderBy(row => row.Key).Take(most)];
        return Answer(new KeyStep(rows.Length, rows.Length == 0 ? null : Text(rows[^1].Key)));
    }

    public Task<IReadOnlyDictionary<long, RangeChecksum>> ReadChecksumsAsync(TableDefinition table, KeyRange keys, long width, IReadOnlyList<RowColumn> columns, CancellationToken cancel) =>
        Answer<IReadOnlyDictionary<long, RangeChecksum>>(Tables[table.Name].Where(row => IsIn(row, keys))
            .GroupBy(row => (row.Key - long.Parse(keys.From!, CultureInfo.InvariantCulture)) / width)
            .ToDictionary(stretch => stretch.Key, stretch => new RangeChecksum(stretch.Count(), stretch.Aggregate(0UL, (sum, row) => sum + ChecksumOf(row.Key, row.ProcessedAt)))));

    /// <summary>Stands for a row's checksum.</summary>
    public static uint ChecksumOf(long key, DateTime? processedAt) => (uint)((key * 2_654_435_761) ^ (processedAt?.Ticks * 31 ?? 7));

    public Task<IReadOnlyList<TableSchema>> ReadSchemaAsync(IReadOnlyCollection<string> tables, CancellationToken cancel) => throw new NotSupportedException();

    public Task<UndatedRows> CountUndatedAsync(TableDefinition table, int most, CancellationToken cancel) => throw new NotSupportedException();

    public Task<long?> CountRowsAsync(TableDefinition table, TimeSpan limit, CancellationToken cancel) => throw new NotSupportedException();

    public Task<long> CountCursorAsync(TableDefinition table, string column, string from, bool including, string? to, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<T> Answer<T>(T answer) => Fault is { } fault ? throw fault : Task.FromResult(answer);

    private static bool IsIn(Row row, KeyRange keys) =>
        (keys.From is null || row.Key >= long.Parse(keys.From, CultureInfo.InvariantCulture)) && row.Key <= long.Parse(keys.To, CultureInfo.InvariantCulture);

    private static string Text(long key) => key.ToString(CultureInfo.InvariantCulture);
}
