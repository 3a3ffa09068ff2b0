namespace AcodeOps.Tuning.Indexes;

/// <summary>An index that a table has, with all that tells whether another one could stand in for it.</summary>
public sealed record InstalledIndex
{
    private const string PrimaryName = "PRIMARY";

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its parts in order.</summary>
    public required IReadOnlyList<IndexPart> Parts { get; init => field = value.ToArray(); }

    /// <summary>True where no two rows may have the same values.</summary>
    public bool IsUnique { get; init; }

    /// <summary>False where the optimizer leaves it alone: invisible on MySQL, ignored on MariaDB.</summary>
    public bool IsVisible { get; init; } = true;

    /// <summary>True where it keeps an order; full-text and spatial indexes do not.</summary>
    public bool IsOrdered { get; init; } = true;

    /// <summary>True where a foreign key begins with its columns, here or in a table that refers to this one.</summary>
    public bool ServesForeignKey { get; init; }

    /// <summary>How often it was read or searched as the server counts it, since its start or since somebody emptied the counters; null where that is not known.</summary>
    public long? Uses { get; init; }

    /// <summary>True for the primary key, in which InnoDB keeps the rows themselves.</summary>
    public bool IsPrimary => Name == PrimaryName;

    /// <summary>Its parts as statements write them: <c>Data DESC, EAN</c>.</summary>
    public string Columns => string.Join(", ", Parts);

    /// <inheritdoc />
    public override string ToString() => $"{Name} ({Columns})";
}
