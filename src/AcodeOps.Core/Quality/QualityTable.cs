namespace AcodeOps.Quality;

/// <summary>What checks need to know of a table before its rows are read.</summary>
/// <param name="Definition">The table.</param>
/// <param name="Columns">The columns that it really has, in the order in which rows have their values.</param>
/// <param name="Now">The time now on the source's clock on the wall.</param>
/// <param name="Objectives">What is promised.</param>
public sealed record QualityTable(TableDefinition Definition, IReadOnlyList<string> Columns, DateTime Now, Objectives Objectives)
{
    /// <summary>The zone of the source's clock on the wall.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>True where nothing but the reading itself makes sure that a key comes once: in the lake.</summary>
    public bool KeyMayRepeat { get; init; }

    /// <summary>The place of a column; -1 where there is none.</summary>
    public int IndexOf(string? column)
    {
        for (int i = 0; column is not null && i < Columns.Count; i++)
        {
            if (Columns[i].Equals(column, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A rule about one of its columns.</summary>
    internal QualityRuleDefinition Rule(string column, string check) => new() { Table = Definition.Name, Column = column, Check = check };
}
