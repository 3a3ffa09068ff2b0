namespace AcodeOps.Audit;

/// <summary>Where audit records wait, durably, until the audit storage has them.</summary>
public interface IAuditSpool
{
    /// <summary>Keeps a record under its key. When this returns, the record survives a power failure.</summary>
    Task KeepAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancel);

    /// <summary>The keys that still wait, oldest first.</summary>
    IAsyncEnumerable<string> ListAsync(CancellationToken cancel);

    /// <summary>A waiting record's content; null when another process has dealt with it.</summary>
    Task<byte[]?> ReadAsync(string key, CancellationToken cancel);

    /// <summary>Lets go of a record that the audit storage now has.</summary>
    Task ReleaseAsync(string key, CancellationToken cancel);
}
