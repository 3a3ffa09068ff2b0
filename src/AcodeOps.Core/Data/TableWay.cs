namespace AcodeOps;

/// <summary>The order in which windows of a table are read.</summary>
public enum RowOrder
{
    /// <summary>Along the key.</summary>
    Key,

    /// <summary>Along an index that leads with the event date, and within a date along the key.</summary>
    EventDate,
}

/// <summary>How a table is read without scanning it.</summary>
/// <param name="Columns">Its columns, in order.</param>
/// <param name="Order">The order in which windows of it are read.</param>
public sealed record TableWay(IReadOnlyList<RowColumn> Columns, RowOrder Order)
{
    /// <summary>The place of a column; -1 where there is none.</summary>
    public int IndexOf(string? column)
    {
        for (int i = 0; column is not null && i < Columns.Count; i++)
        {
            if (Columns[i].Name.Equals(column, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The statistics' estimate of the number of rows; null where the server has none.</summary>
    public long? EstimatedRows { get; init; }

    /// <summary>The way in words, for the evidence: <c>Data by index idx_data</c>.</summary>
    public required string Method { get; init; }
}
