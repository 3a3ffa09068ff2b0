namespace AcodeOps.Tuning.Indexes.Rules;

/// <summary>An index that the optimizer may not use is kept up all the same: a trial that nobody has ended, or one that was cut off.</summary>
internal sealed class IndexInvisible : IndexRule
{
    /// <inheritdoc />
    public override string Id => "IndexInvisible";

    /// <inheritdoc />
    public override IEnumerable<IndexAdvice> Judge(IndexedServer server) =>
        from table in server.Tables
        from index in table.Indexes
        where !index.IsVisible
        select About(
            table, index, $"Index {index.Name} is kept up by each write, and the optimizer may not use it.",
            $"{index} is {(server.Version.Flavor == SourceFlavor.MySql ? "invisible" : "ignored")}.", null,
            $"End the trial: `{IndexStatements.Show(table.Name, index.Name, visible: true, server.Version)}` lets it be used, `{IndexStatements.Drop(table.Name, index.Name)}` drops it. What an interrupted New-AcodeIndex left, the same command takes up again.");
}
