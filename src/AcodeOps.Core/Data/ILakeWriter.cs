namespace AcodeOps;

/// <summary>Writes the lake's format.</summary>
public interface ILakeWriter
{
    /// <summary>Makes a Parquet file of one row group, with SNAPPY.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The rows; each has a value, or null, for each column in order.</param>
    /// <param name="cancel">Ends it.</param>
    Task<ReadOnlyMemory<byte>> WriteAsync(IReadOnlyList<RowColumn> columns, IReadOnlyList<object?[]> rows, CancellationToken cancel);
}
