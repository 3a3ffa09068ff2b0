namespace AcodeOps;

/// <summary>How the values of a column are held, and written into Parquet.</summary>
public enum RowColumnKind
{
    /// <summary>Text: <see cref="string"/>.</summary>
    Text,

    /// <summary>Whole numbers of up to 32 bits: <see cref="int"/>.</summary>
    Whole,

    /// <summary>Whole numbers of up to 64 bits: <see cref="long"/>.</summary>
    LongWhole,

    /// <summary>Numbers with a fixed number of decimals: <see cref="decimal"/>. Also unsigned whole numbers of 64 bits, which few readers of Parquet take as such.</summary>
    FixedPoint,

    /// <summary><see cref="float"/>.</summary>
    ShortReal,

    /// <summary><see cref="double"/>.</summary>
    Real,

    /// <summary><see cref="bool"/>.</summary>
    Truth,

    /// <summary><see cref="DateOnly"/>.</summary>
    Date,

    /// <summary>Times without a zone, to the microsecond: <see cref="DateTime"/>.</summary>
    LocalTime,

    /// <summary>Times in UTC, to the microsecond: <see cref="DateTime"/>.</summary>
    UtcTime,

    /// <summary>Bytes: an array.</summary>
    Bytes,
}

/// <summary>A column of rows that are read from a source.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SourceType">Its type as the server prints it: <c>decimal(15,4)</c>.</param>
/// <param name="Kind">How its values are held.</param>
public sealed record RowColumn(string Name, string SourceType, RowColumnKind Kind)
{
    /// <summary>The digits of a decimal; 0 for other kinds.</summary>
    public int Precision { get; init; }

    /// <summary>The digits of a decimal after the point.</summary>
    public int Scale { get; init; }
}
