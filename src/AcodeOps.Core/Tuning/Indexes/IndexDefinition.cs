namespace AcodeOps.Tuning.Indexes;

/// <summary>An index that is to be made.</summary>
public sealed record IndexDefinition
{
    /// <summary>The table, as the environment defines it.</summary>
    public required TableDefinition Table { get; init; }

    /// <summary>The columns, in order.</summary>
    public required IReadOnlyList<string> Columns { get; init => field = value.ToArray(); }

    /// <summary>Its name; null for one of this product's.</summary>
    public string? Name { get; init; }

    /// <summary>What a finding of Test-AcodeIndex proposes to make.</summary>
    /// <returns>The source, the table and the columns; null where the finding proposes no index.</returns>
    public static (SourceRole Source, string Table, string[] Columns)? Of(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        string[] parts = (finding.Fingerprint ?? "").Split(':', 3);
        if (parts.Length < 3 || finding.Rule != Rules.StatementWithoutIndex.RuleId || parts[1] != finding.Rule || !Enum.TryParse(parts[0], out SourceRole role))
        {
            return null;
        }

        int open = parts[2].LastIndexOf('(');
        return open > 0 && parts[2].EndsWith(')') ? (role, parts[2][..open], parts[2][(open + 1)..^1].Split(',')) : null;
    }

    /// <inheritdoc />
    public override string ToString() => $"{Table} ({string.Join(", ", Columns)})";
}
