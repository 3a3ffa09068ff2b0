using System.Globalization;

namespace AcodeOps.Tuning.Indexes.Rules;

/// <summary>A statement of the pipeline has to look at the whole table, or is bounded to its newest rows, as no index begins with its columns.</summary>
internal sealed class StatementWithoutIndex : IndexRule
{
    /// <summary>What its findings are known by.</summary>
    public const string RuleId = "StatementWithoutIndex";

    // So few rows are read faster than an index on them is worth.
    private const long Few = 1_000;

    /// <inheritdoc />
    public override string Id => RuleId;

    /// <inheritdoc />
    public override FindingSeverity Severity => FindingSeverity.Warning;

    /// <inheritdoc />
    public override IEnumerable<IndexAdvice> Judge(IndexedServer server) => server.Tables.SelectMany(table => Missing(table)
        .Select(columns => Advice(table, columns, [.. table.Statements.Where(statement => IsUnserved(statement, table) && IsBegun(columns, Explicit(statement.Columns, table)))])));

    // The longest of those that begin alike serves them all.
    private static List<string[]> Missing(IndexedTable table)
    {
        string[][] wanted = [.. table.Statements.Where(statement => IsUnserved(statement, table)).Select(statement => Explicit(statement.Columns, table)).OrderByDescending(columns => columns.Length)];
        List<string[]> missing = [];
        foreach (string[] columns in wanted.Where(columns => columns.Length > 0 && !missing.Exists(longer => IsBegun(longer, columns))))
        {
            missing.Add(columns);
        }

        return missing;
    }

    private static bool IsUnserved(PipelineStatement statement, IndexedTable table) => !table.Leading(statement.Columns).Any() && statement.Plan.Scans(table.Name, Few);

    // InnoDB ends each index with the primary key by itself.
    private static string[] Explicit(IReadOnlyList<string> columns, IndexedTable table)
    {
        string[] key = [.. table.KeyColumns];
        return table.Engine == "InnoDB" && columns.Count > key.Length && columns.TakeLast(key.Length).SequenceEqual(key, StringComparer.OrdinalIgnoreCase) ? [.. columns.SkipLast(key.Length)] : [.. columns];
    }

    private static bool IsBegun(string[] longer, string[] columns) => longer.Length >= columns.Length && longer.Take(columns.Length).SequenceEqual(columns, StringComparer.OrdinalIgnoreCase);

    private IndexAdvice Advice(IndexedTable table, string[] columns, PipelineStatement[] statements)
    {
        string name = IndexStatements.NameOf(columns), list = string.Join(", ", columns.Select(SqlIdentifier.Quote));
        string size = table.DataBytes is { } bytes ? string.Create(CultureInfo.InvariantCulture, $" in {bytes / 1048576.0:#,0.#} MiB") : "";
        return new IndexAdvice
        {
            Rule = Id,
            Severity = Severity,
            Table = table.Name,
            Subject = string.Join(",", columns),
            Columns = columns,
            Problem = $"No index begins with {string.Join(", ", columns)}: {string.Join(" ", statements.Select(statement => statement.Otherwise))}",
            Current = "no index",
            Proposed = $"CREATE INDEX {SqlIdentifier.Quote(name)} ON {SqlIdentifier.Quote(table.Name)} ({list}) ALGORITHM=INPLACE LOCK=NONE",
            Evidence = $"{Number(statements.Max(statement => statement.Plan.Rows))} rows{size}. EXPLAIN: {string.Join(" ", statements.Select(statement => Plans(statement, table.Name)))}",
            Remedy = "Piped into `New-AcodeIndex -Reason …`, this finding has it built online, tried before it is used, and taken away again where it does not help.",
        };
    }

    private static string Plans(PipelineStatement statement, string table) =>
        $"{statement.Name} ({statement.Purpose}): {statement.Plan}{(statement.Sent is { } sent ? $"; as it is sent instead: {sent.Text(table)}" : "")}.";
}
