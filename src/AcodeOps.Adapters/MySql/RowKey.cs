namespace AcodeOps.Adapters.MySql;

/// <summary>The key along which a table is read page by page: unique, never NULL, a whole number.</summary>
/// <param name="Index">The index on it alone.</param>
/// <param name="Ordinal">Its number among the columns.</param>
/// <param name="Type">Its type.</param>
internal sealed record RowKey(string Index, int Ordinal, string Type)
{
    /// <summary>The key of a table.</summary>
    /// <exception cref="AcodeException"><c>SourceTableNotIndexed</c>: it has no such key.</exception>
    public static RowKey Of(TableAccess access, SourceDefinition source)
    {
        TableColumn? column = access.Schema.Columns.FirstOrDefault(c => access.IsKey(c.Name));
        TableIndex? index = access.Schema.Indexes
            .Where(i => i.IsUnique && i.Columns is [{ } only] && access.IsKey(only))
            .OrderByDescending(i => i.Name == "PRIMARY").ThenBy(i => i.Name, StringComparer.Ordinal).FirstOrDefault();
        bool isNumber = column is not null && RowColumns.Of(column) is { Kind: RowColumnKind.Whole or RowColumnKind.LongWhole or RowColumnKind.FixedPoint, Scale: 0 };
        return column is { IsNullable: false } && index is not null && isNumber
            ? new RowKey(index.Name, access.Schema.Columns.ToList().IndexOf(column), column.Type)
            : throw access.NoKeyToReadBy(source);
    }

    /// <summary>A key's text as a parameter that compares as the key does; null for none.</summary>
    public object? Parameter(string? text) => text is null ? null : CursorText.Parameter(text, Type);
}
