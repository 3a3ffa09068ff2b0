using System.Globalization;
using AcodeOps.Tuning.Settings;

namespace AcodeOps.Tuning.Indexes;

/// <summary>How an index will be made: what is there, the statement, and what it takes.</summary>
public sealed record IndexPlan
{
    /// <summary>Which server it is.</summary>
    public required ServerVersion Version { get; init; }

    /// <summary>The table as it is.</summary>
    public required IndexedTable Table { get; init; }

    /// <summary>The columns, in order.</summary>
    public required IReadOnlyList<string> Columns { get; init => field = value.ToArray(); }

    /// <summary>The index's name.</summary>
    public required string Name { get; init; }

    /// <summary>The index that is there and begins with the columns; null where there is none.</summary>
    public InstalledIndex? Present { get; init; }

    /// <summary>True where the index is there and hidden: an interrupted run has left it, and it is gone on with.</summary>
    public bool IsLeftover { get; init; }

    /// <summary>The statement that makes it.</summary>
    public string Statement => IndexStatements.Add(Table.Name, Name, Columns, Version);

    /// <summary>About how large it will be, in bytes; null where the server does not tell how many rows there are.</summary>
    public long? EstimatedBytes => Table.Rows is { } rows ? (long)(rows * Overhead * (RowBytes + Columns.Concat(Table.KeyColumns).Distinct(StringComparer.OrdinalIgnoreCase).Sum(Width))) : null;

    // Pages are filled to fifteen sixteenths at best, and less after a while.
    private const double Overhead = 1.3;
    private const int RowBytes = 8;
    private const int Text = 20;

    /// <summary>What is asked before it is begun.</summary>
    public string Question => IsLeftover
        ? $"Go on with the hidden index {Name} that an interrupted run has left: try it, then let it be used or drop it"
        : string.Create(CultureInfo.InvariantCulture, $"{Statement}, then try it, and drop it again where it does not help{Size}");

    /// <inheritdoc />
    public override string ToString() => $"{Table.Name}.{Name} ({string.Join(", ", Columns)})";

    private string Size => EstimatedBytes is { } bytes
        ? string.Create(CultureInfo.InvariantCulture, $". It takes about {bytes / 1048576.0:#,0.#} MiB of {Table.Rows:#,0} rows, and as much again in the server's temporary folder while it is built") : "";

    private int Width(string name)
    {
        string type = Table.Columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Type.ToLowerInvariant() ?? "";
        return type.Split('(', ' ')[0] switch
        {
            "bigint" or "double" or "real" or "decimal" => 8,
            "int" or "float" or "timestamp" => 4,
            "datetime" => 5,
            "date" or "mediumint" or "time" => 3,
            "smallint" => 2,
            "tinyint" or "year" or "bit" or "enum" => 1,
            _ => Text,
        };
    }
}
