namespace AcodeOps.Tuning.Indexes.Rules;

/// <summary>All that an index has, another one has too, in the same order: each write keeps up both.</summary>
internal sealed class IndexRedundant : IndexRule
{
    /// <inheritdoc />
    public override string Id => "IndexRedundant";

    /// <inheritdoc />
    public override IEnumerable<IndexAdvice> Judge(IndexedServer server) =>
        from table in server.Tables
        from index in table.Indexes
        where CanGo(index)
        let other = table.Indexes.FirstOrDefault(other => StandsIn(other, index, table))
        where other is not null
        select About(
            table, index, $"Index {index.Name} has nothing that {other.Name} does not have.",
            $"{index} is the beginning of {other}{(other.IsUnique ? ", which is unique" : "")}. {UseOf(index, server)}",
            IndexStatements.GoAway(table.Name, index.Name, server.Version), IndexStatements.HowToGoAway(table.Name, index.Name, server.Version));

    // The primary key holds the rows; an invisible one is somebody's trial.
    private static bool CanGo(InstalledIndex index) => !index.IsPrimary && index is { IsVisible: true, IsOrdered: true };

    private static bool StandsIn(InstalledIndex other, InstalledIndex index, IndexedTable table)
    {
        if (ReferenceEquals(other, index) || other is not { IsVisible: true, IsOrdered: true } || other.Parts.Count < index.Parts.Count || !index.Parts.Zip(other.Parts).All(pair => pair.First.IsSameAs(pair.Second)))
        {
            return false;
        }

        bool isSame = other.Parts.Count == index.Parts.Count;
        if (isSame)
        {
            // Of two that are the same, the one that promises more stays, else the first by name.
            return index.IsUnique == other.IsUnique ? other.IsPrimary || string.CompareOrdinal(other.Name, index.Name) < 0 : other.IsUnique;
        }

        // What unique values promise, a longer index does not. An index that ends here has the rows in the order of the primary key, which a longer one breaks.
        return !index.IsUnique && table.ServedBy(index).All(statement => table.Leads(other, statement.Columns)) && !GuideIndexIdle.IsIdle(other, table);
    }
}
