namespace AcodeOps.Tuning.Indexes;

/// <summary>Decides how an index is made, or why not.</summary>
public static class IndexPlanner
{
    private static readonly string[] Unindexable =
        ["tinytext", "text", "mediumtext", "longtext", "tinyblob", "blob", "mediumblob", "longblob", "json", "vector", "geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon", "geometrycollection", "geomcollection"];

    /// <summary>The plan, from what the server has.</summary>
    /// <exception cref="AcodeException">
    /// <c>SourceTableMissing</c>, <c>SourceColumnMissing</c>; <c>IndexNotOnline</c>: the table or a column does not allow it; <c>IndexNameTaken</c>.
    /// </exception>
    public static IndexPlan Plan(IndexDefinition wanted, IndexedServer server)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(server);
        IndexedTable table = server.Tables.Count > 0 ? server.Tables[0] : throw Failure("SourceTableMissing", FailureClass.NotFound, $"There is no table {wanted.Table} that the account may see.", wanted);
        string[] columns = [.. wanted.Columns.Select(name => Column(table, name, wanted).Name)];
        if (columns.Distinct(StringComparer.OrdinalIgnoreCase).Count() != columns.Length)
        {
            throw Failure("IndexColumnTwice", FailureClass.InvalidInput, $"A column is named twice: {wanted}.", wanted);
        }

        string name = wanted.Name ?? IndexStatements.NameOf(columns);
        IndexPlan plan = new() { Version = server.Version, Table = table, Columns = columns, Name = name, Present = table.Leading(columns).FirstOrDefault() };
        if (plan.Present is not null)
        {
            return plan;
        }

        if (table.Engine != "InnoDB")
        {
            throw Failure("IndexNotOnline", FailureClass.Refused, $"Table {table.Name} is of the engine {table.Engine}, which cannot get an index while it is read and written.", wanted);
        }

        // The same columns and hidden: an interrupted run has left it, under whatever name.
        if (table.Indexes.FirstOrDefault(index => !index.IsVisible && index.IsOrdered && index.Parts.Count == columns.Length && table.Leads(index, columns)) is { } leftover)
        {
            return plan with { Name = leftover.Name, IsLeftover = true };
        }

        return table.Indexes.FirstOrDefault(index => index.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } other
            ? throw Failure("IndexNameTaken", FailureClass.Conflict, $"Table {table.Name} has an index of that name on other columns: {other}.", wanted, "Give another -Name.")
            : plan;
    }

    private static TableColumn Column(IndexedTable table, string name, IndexDefinition wanted)
    {
        TableColumn column = table.Columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw Failure("SourceColumnMissing", FailureClass.NotFound, $"Table {table.Name} has no column {name}.", wanted, $"It has {string.Join(", ", table.Columns.Select(one => one.Name))}.");
        return Unindexable.Contains(column.Type.Split('(', ' ')[0].ToLowerInvariant())
            ? throw Failure("IndexNotOnline", FailureClass.Refused, $"Column {name} of table {table.Name} is of the type {column.Type}, of which only a part could be in an index.", wanted)
            : column;
    }

    private static AcodeException Failure(string id, FailureClass cause, string message, IndexDefinition wanted, string? advice = null) =>
        new(id, cause, message) { Advice = advice, Subject = wanted, IsFatal = false };
}
