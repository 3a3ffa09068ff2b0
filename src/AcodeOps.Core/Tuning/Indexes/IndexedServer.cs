using AcodeOps.Tuning.Settings;

namespace AcodeOps.Tuning.Indexes;

/// <summary>A server with the indexes of the tables that are ingested from it.</summary>
public sealed record IndexedServer
{
    /// <summary>For so long it must have counted before an index may be called unused.</summary>
    public static readonly TimeSpan LongEnough = TimeSpan.FromDays(7);

    /// <summary>Which server it is.</summary>
    public required ServerVersion Version { get; init; }

    /// <summary>How long it has run.</summary>
    public required TimeSpan Uptime { get; init; }

    /// <summary>The tables.</summary>
    public required IReadOnlyList<IndexedTable> Tables { get; init => field = value.ToArray(); }

    /// <summary>Why it is not known how often indexes are used, and what to do about it; null where it is counted.</summary>
    public UnknownUse? UnknownUse { get; init; }
}

/// <summary>Why it is not known how often indexes are used.</summary>
/// <param name="Why">The reason, in a clause.</param>
/// <param name="Remedy">What to do.</param>
public sealed record UnknownUse(string Why, string Remedy);
