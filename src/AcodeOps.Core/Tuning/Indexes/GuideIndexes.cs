namespace AcodeOps.Tuning.Indexes;

/// <summary>What an index is worth to the pipeline.</summary>
public enum IndexWorth
{
    /// <summary>It serves a statement that no shorter index serves.</summary>
    Useful,

    /// <summary>A shorter index serves all that it would.</summary>
    Redundant,

    /// <summary>No statement of the pipeline begins with its columns.</summary>
    NotNeeded,
}

/// <summary>What an index is worth to the pipeline, and why.</summary>
/// <param name="Worth">What it is worth.</param>
/// <param name="Why">Why, in a sentence.</param>
public sealed record IndexJudgement(IndexWorth Worth, string Why);

/// <summary>The five indexes of the operations guide that this product replaces: each is judged by the statements that the pipeline really sends.</summary>
public static class GuideIndexes
{
    /// <summary>The five, by name.</summary>
    public static IReadOnlyList<InstalledIndex> All { get; } =
    [
        Of("idx_acode_data_performance", new IndexPart("Data", IsDescending: true), new IndexPart("Data_Processamento", IsDescending: true)),
        Of("idx_acode_cnpj_data", new IndexPart("CNPJ"), new IndexPart("Data", IsDescending: true)),
        Of("idx_acode_ean_performance", new IndexPart("EAN"), new IndexPart("Data", IsDescending: true)),
        Of("idx_acode_fiscal", new IndexPart("Data"), new IndexPart("CFOP"), new IndexPart("NCM"), new IndexPart("CST")),
        Of("idx_acode_values", new IndexPart("Data"), new IndexPart("ACODE_Val_Total"), new IndexPart("Val_Prod")),
    ];

    /// <summary>Whether an index is one of the five: by its name or by its columns.</summary>
    public static bool IsOne(InstalledIndex index)
    {
        ArgumentNullException.ThrowIfNull(index);
        return All.Any(one => one.Name.Equals(index.Name, StringComparison.OrdinalIgnoreCase)
            || (!index.IsUnique && one.Parts.Count == index.Parts.Count && one.Parts.Zip(index.Parts).All(pair => pair.Second.Column is { } column && pair.First.IsWhole(column))));
    }

    /// <summary>What an index is worth to the pipeline's statements on a table, beside the other indexes there.</summary>
    public static IndexJudgement Judge(InstalledIndex index, IndexedTable table)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(table);
        PipelineStatement[] served = [.. table.ServedBy(index)];
        if (served.Length == 0)
        {
            return new IndexJudgement(IndexWorth.NotNeeded, $"No statement of the pipeline is served by an index that begins with {index.Parts[0]}.");
        }

        InstalledIndex?[] others = [.. served.Select(statement => table.Leading(statement.Columns).FirstOrDefault(other => other.Name != index.Name && IsBefore(other, index)))];
        return others.Contains(null)
            ? new IndexJudgement(IndexWorth.Useful, $"It serves {string.Join(", ", served.Zip(others).Where(pair => pair.Second is null).Select(pair => pair.First.Name))}.")
            : new IndexJudgement(IndexWorth.Redundant, $"{string.Join(", ", others.Select(other => $"{other}").Distinct())} serves {string.Join(", ", served.Select(statement => statement.Name))} and is shorter.");
    }

    // Of two that are as long, the first by name stays, so that never both are called redundant.
    private static bool IsBefore(InstalledIndex other, InstalledIndex index) =>
        other.Parts.Count < index.Parts.Count || (other.Parts.Count == index.Parts.Count && string.CompareOrdinal(other.Name, index.Name) < 0);

    private static InstalledIndex Of(string name, params IndexPart[] parts) => new() { Name = name, Parts = parts };
}
