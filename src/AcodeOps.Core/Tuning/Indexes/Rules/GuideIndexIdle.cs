namespace AcodeOps.Tuning.Indexes.Rules;

/// <summary>One of the guide's five indexes is there, and no statement of the pipeline needs it.</summary>
internal sealed class GuideIndexIdle : IndexRule
{
    /// <inheritdoc />
    public override string Id => "GuideIndexIdle";

    /// <inheritdoc />
    public override IEnumerable<IndexAdvice> Judge(IndexedServer server) =>
        from table in server.Tables
        from index in table.Indexes
        where IsIdle(index, table)
        let judgement = GuideIndexes.Judge(index, table)
        select About(
            table, index, $"Index {index.Name} is one of the guide's, and the pipeline does not need it. {judgement.Why}", $"{judgement.Worth}. {UseOf(index, server)}",
            IndexStatements.GoAway(table.Name, index.Name, server.Version),
            $"Keep it where somebody else's statements need it. {IndexStatements.HowToGoAway(table.Name, index.Name, server.Version)}");

    /// <summary>Whether it is of no use to the pipeline, and not known to be of use to anybody else.</summary>
    public static bool IsIdle(InstalledIndex index, IndexedTable table) =>
        index is { IsUnique: false, IsVisible: true, ServesForeignKey: false, Uses: null or 0 } && GuideIndexes.IsOne(index) && GuideIndexes.Judge(index, table).Worth != IndexWorth.Useful;
}
