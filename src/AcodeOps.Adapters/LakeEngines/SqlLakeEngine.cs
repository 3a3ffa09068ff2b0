using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace AcodeOps.Adapters.LakeEngines;

/// <summary>Answers questions about the lake in the SQL that Trino and Athena share.</summary>
/// <param name="definition">Where the tables are.</param>
/// <param name="session">Asks.</param>
internal sealed class SqlLakeEngine(LakeDefinition definition, ISqlSession session) : ILakeEngine
{
    private const int BoundsColumns = 2;

    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> _types = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc />
    public string Name => session.Name;

    /// <inheritdoc />
    public long? BytesRead => session.BytesRead;

    /// <inheritdoc />
    public async Task<IReadOnlyList<LakeColumn>> ReadColumnsAsync(TableDefinition table, IReadOnlyList<RowColumn> wanted, CancellationToken cancel)
    {
        IReadOnlyDictionary<string, string> types = await TypesAsync(table, cancel).ConfigureAwait(false);
        return
        [
            .. types.Select(one => new LakeColumn(
                one.Key, one.Value, wanted.FirstOrDefault(column => column.Name.Equals(one.Key, StringComparison.OrdinalIgnoreCase)) is { } column && LakePrinting.IsComparable(column, one.Value))),
        ];
    }

    /// <inheritdoc />
    public async Task<KeyRange?> FindKeysAsync(LakeQuestion question, CancellationToken cancel)
    {
        await foreach (IReadOnlyList<string?> row in session.AskAsync((await StatementsAsync(question, cancel).ConfigureAwait(false)).Bounds, cancel).ConfigureAwait(false))
        {
            return row is [{ } least, { } greatest] ? new KeyRange(least, greatest) : row.Count == BoundsColumns ? null : throw NotAnAnswer();
        }

        // Without rows, the least and the greatest key are NULL: nothing at all is no answer.
        throw NotAnAnswer();
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<long, LakeSum>> ReadSumsAsync(LakeQuestion question, IReadOnlyList<KeyRange> ranges, long origin, long width, CancellationToken cancel)
    {
        Dictionary<long, LakeSum> sums = [];
        await foreach (IReadOnlyList<string?> row in session.AskAsync((await StatementsAsync(question, cancel).ConfigureAwait(false)).Sums(ranges, origin, width), cancel).ConfigureAwait(false))
        {
            sums[Whole(row, 0)] = new LakeSum(new RangeChecksum(Whole(row, 1), (ulong)Whole(row, 2)), Whole(row, 3), Whole(row, 4));
        }

        return sums;
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<(long Key, int Copies)> ReadCopiesAsync(
        LakeQuestion question, IReadOnlyList<KeyRange> ranges, int most, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (IReadOnlyList<string?> row in session.AskAsync((await StatementsAsync(question, cancel).ConfigureAwait(false)).Copies(ranges, most), cancel).ConfigureAwait(false))
        {
            yield return (Whole(row, 0), (int)Whole(row, 1));
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<LakeEngineRow> ReadRowsAsync(LakeQuestion question, IReadOnlyList<KeyRange> ranges, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (IReadOnlyList<string?> row in session.AskAsync((await StatementsAsync(question, cancel).ConfigureAwait(false)).Rows(ranges), cancel).ConfigureAwait(false))
        {
            yield return row is [_, { } path, var day, var time, var cursor, ..] ? new LakeEngineRow(Whole(row, 0), path, day, time, cursor, [.. row.Skip(5)]) : throw NotAnAnswer();
        }
    }

    /// <inheritdoc />
    public void Dispose() => session.Dispose();

    private async Task<LakeStatements> StatementsAsync(LakeQuestion question, CancellationToken cancel) =>
        new(string.Join('.', new[] { definition.Catalog, definition.Database!, NameOf(question.Table) }.Select(LakeStatements.Quote)), await TypesAsync(question.Table, cancel).ConfigureAwait(false), question);

    private async Task<IReadOnlyDictionary<string, string>> TypesAsync(TableDefinition table, CancellationToken cancel)
    {
        string name = NameOf(table);
        if (_types.TryGetValue(name, out IReadOnlyDictionary<string, string>? known))
        {
            return known;
        }

        string sql = $"SELECT column_name, data_type FROM {LakeStatements.Quote(definition.Catalog)}.information_schema.columns WHERE table_schema = {LakeStatements.Literal(Lower(definition.Database!))} AND table_name = {LakeStatements.Literal(name)} ORDER BY ordinal_position";
        Dictionary<string, string> types = new(StringComparer.OrdinalIgnoreCase);
        await foreach (IReadOnlyList<string?> row in session.AskAsync(sql, cancel).ConfigureAwait(false))
        {
            types[row is [{ } column, { }] ? column : throw NotAnAnswer()] = row[1]!;
        }

        return types.Count > 0 ? _types[name] = types : throw new AcodeException("LakeTableMissing", FailureClass.NotFound, $"{session.Name} has no table {name} in {definition.Catalog}.{definition.Database}, or shows us none.")
        {
            Advice = "Name it by tables.lakeTable in the environment file, or let a crawler make it.",
            Subject = table,
            IsFatal = false,
        };
    }

    // Catalogs of Hive's kind know small letters only.
    private static string NameOf(TableDefinition table) => Lower(table.LakeTable ?? table.Name);

#pragma warning disable CA1308 // It is what the catalogs keep.
    private static string Lower(string name) => name.ToLowerInvariant();
#pragma warning restore CA1308

    private long Whole(IReadOnlyList<string?> row, int place) =>
        place < row.Count && long.TryParse(row[place], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : throw NotAnAnswer();

    private AcodeException NotAnAnswer() => LakeEngineErrors.NotAnAnswer(session.Name, "it does not answer what it was asked");
}
