using System.Globalization;

namespace AcodeOps.Tuning.Indexes;

/// <summary>A rule about the indexes of a server. A new one is one class in the folder Rules. It says nothing more once its advice was taken.</summary>
public abstract class IndexRule
{
    /// <summary>What its findings are known by.</summary>
    public abstract string Id { get; }

    /// <summary>How much it matters.</summary>
    public virtual FindingSeverity Severity => FindingSeverity.Information;

    /// <summary>What it has to say; nothing where the indexes are well.</summary>
    public abstract IEnumerable<IndexAdvice> Judge(IndexedServer server);

    /// <summary>An advice of this rule's about an index that is there.</summary>
    private protected IndexAdvice About(IndexedTable table, InstalledIndex index, string problem, string evidence, string? proposed, string remedy) => new()
    {
        Rule = Id,
        Severity = Severity,
        Table = table.Name,
        Subject = index.Name,
        Problem = problem,
        Current = $"{index}",
        Proposed = proposed,
        Evidence = evidence,
        Remedy = remedy,
    };

    /// <summary>A number as sentences write it.</summary>
    private protected static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>How often an index was used, in a sentence.</summary>
    private protected static string UseOf(InstalledIndex index, IndexedServer server) => index.Uses switch
    {
        null => "How often it is used is not known.",
        0 => $"The server has counted no use of it in {Time(server.Uptime)}.",
        { } uses => $"It was used {Number(uses)} times in {Time(server.Uptime)}.",
    };

    /// <summary>A time as sentences write it.</summary>
    private protected static string Time(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0.#} days"),
        { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} hours"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
    };
}
