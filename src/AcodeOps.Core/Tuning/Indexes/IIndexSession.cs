namespace AcodeOps.Tuning.Indexes;

/// <summary>A session of an administrator in which the indexes of one table are changed.</summary>
public interface IIndexSession : IAsyncDisposable
{
    /// <summary>True where super_read_only is on: it is off for each statement, in the same request, and on again after it. read_only stays on.</summary>
    bool LiftsSuperReadOnly { get; }

    /// <summary>The table as it is now, and the plans of the pipeline's statements.</summary>
    /// <param name="withHidden">True for plans that may use invisible indexes; only MySQL can, and only for this session.</param>
    /// <param name="cancel">Ends it.</param>
    Task<IndexedServer> ReadAsync(bool withHidden, CancellationToken cancel);

    /// <summary>Runs a statement to its end, however long it takes.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="cancel">
    /// Has the server break the statement off, and waits until it has taken everything back. A statement that had ended by then is done, and counts as done.
    /// </param>
    /// <exception cref="AcodeException"><c>TableBusy</c>, <c>IndexNotOnline</c>; <c>SuperReadOnlyLeftOff</c>; else why the server refused.</exception>
    /// <exception cref="OperationCanceledException">It was broken off, and nothing of it is left.</exception>
    Task RunAsync(string statement, CancellationToken cancel);
}
