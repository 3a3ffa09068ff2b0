namespace AcodeOps.Runbooks;

/// <summary>Where the journals of this machine's runs are kept, durably: one file a run, one entry a line.</summary>
public interface IJournalFolder
{
    /// <summary>Adds an entry to a run's journal. When this returns, it survives a power failure.</summary>
    /// <exception cref="AcodeException"><c>JournalUnavailable</c>: the disk did not take it.</exception>
    Task AppendAsync(string runId, ReadOnlyMemory<byte> line, CancellationToken cancel);

    /// <summary>The entries of a run's journal, in order; empty when this machine has none. A last line that was cut off is left out.</summary>
    Task<IReadOnlyList<byte[]>> ReadAsync(string runId, CancellationToken cancel);

    /// <summary>The runs that this machine has journals of, newest first.</summary>
    IAsyncEnumerable<string> ListAsync(CancellationToken cancel);
}
