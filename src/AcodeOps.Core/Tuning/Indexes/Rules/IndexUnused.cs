namespace AcodeOps.Tuning.Indexes.Rules;

/// <summary>Nobody has used an index since the server counts: each write keeps it up for nothing.</summary>
internal sealed class IndexUnused : IndexRule
{
    /// <inheritdoc />
    public override string Id => "IndexUnused";

    /// <inheritdoc />
    public override IEnumerable<IndexAdvice> Judge(IndexedServer server) =>
        from table in server.Tables
        from index in table.Indexes
        where server.Uptime >= IndexedServer.LongEnough && index.Uses == 0 && IsJudged(index, table)
        select About(
            table, index, $"Index {index.Name} is kept up by each write, and nobody has used it.", UseOf(index, server),
            IndexStatements.GoAway(table.Name, index.Name, server.Version),
            $"A report of once a month or a year may still need it: ask whoever else reads the table. {IndexStatements.HowToGoAway(table.Name, index.Name, server.Version)}");

    /// <summary>Whether use tells anything of an index: not of one that keeps a promise, that serves a statement of the pipeline, or of which another rule tells.</summary>
    public static bool IsJudged(InstalledIndex index, IndexedTable table) =>
        index is { IsPrimary: false, IsUnique: false, IsVisible: true, ServesForeignKey: false } && !table.ServedBy(index).Any() && !GuideIndexIdle.IsIdle(index, table);
}
