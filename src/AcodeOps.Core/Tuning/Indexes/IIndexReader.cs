namespace AcodeOps.Tuning.Indexes;

/// <summary>Reads the indexes of a source, and asks its server how it would carry out the pipeline's statements. Runs none that looks at more than the newest rows of a table.</summary>
public interface IIndexReader
{
    /// <summary>The server with those of the tables that exist.</summary>
    /// <param name="tables">The tables as the environment defines them.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException">The source does not answer, or a table lacks a column that the environment names.</exception>
    Task<IndexedServer> ReadAsync(IReadOnlyList<TableDefinition> tables, CancellationToken cancel);
}
