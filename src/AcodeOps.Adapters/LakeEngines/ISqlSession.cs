namespace AcodeOps.Adapters.LakeEngines;

/// <summary>Asks an engine questions in SQL.</summary>
internal interface ISqlSession : IDisposable
{
    /// <summary>What it is, and where.</summary>
    string Name { get; }

    /// <summary>How many bytes the engine has read for the questions so far; null where it does not tell.</summary>
    long? BytesRead { get; }

    /// <summary>Asks, and gives the rows of the answer as text, null for NULL.</summary>
    /// <exception cref="AcodeException">The engine's failure.</exception>
    IAsyncEnumerable<IReadOnlyList<string?>> AskAsync(string sql, CancellationToken cancel = default);
}
