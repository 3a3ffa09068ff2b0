namespace AcodeOps.Quality.Reading;

/// <summary>The rows of a table that are judged, wherever they are read.</summary>
internal abstract class TestedRows
{
    /// <summary>Where they are read.</summary>
    public abstract string ReadFrom { get; }

    /// <summary>The columns, in the order of the values.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>True where a key may come twice.</summary>
    public abstract bool KeyMayRepeat { get; }

    /// <summary>False where some of them may be missed; the evidence says why.</summary>
    public virtual bool IsWhole => true;

    /// <summary>How they are read.</summary>
    public abstract IReadOnlyList<string> Evidence { get; }

    /// <summary>Reads them, a bounded page at a time.</summary>
    /// <param name="wanted">The places of the columns that are needed: others may be null.</param>
    /// <param name="cancel">Ends it.</param>
    public abstract IAsyncEnumerable<IEnumerable<object?[]>> ReadAsync(IReadOnlyCollection<int> wanted, CancellationToken cancel);
}
