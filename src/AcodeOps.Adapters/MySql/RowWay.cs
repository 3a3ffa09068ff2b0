namespace AcodeOps.Adapters.MySql;

/// <summary>Chooses how rows of a table are read.</summary>
internal static class RowWay
{
    /// <summary>The way: along the event date's index where that has its rows in the order of the key, else along the key.</summary>
    public static TableWay Of(TableAccess access, SourceDefinition source)
    {
        RowKey key = RowKey.Of(access, source);
        string? index = access.PagedDateIndex;
        return new TableWay([.. access.Schema.Columns.Select(RowColumns.Of)], index is null ? RowOrder.Key : RowOrder.EventDate)
        {
            EstimatedRows = access.Schema.EstimatedRows,
            Method = index is not null ? $"{access.Table.EventDate} by index {index}"
                : access.Table.EventDate is null ? $"along {access.Table.Key}"
                : $"{access.Table.EventDate} along {access.Table.Key}, from its end",
        };
    }
}
