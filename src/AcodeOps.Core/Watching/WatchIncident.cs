namespace AcodeOps.Watching;

/// <summary>What a watch has seen go wrong, from its begin until ingestion is well again.</summary>
/// <param name="id">Names it over notifications, audit and journal.</param>
/// <param name="since">When it was first seen, UTC.</param>
internal sealed class WatchIncident(string id, DateTimeOffset since)
{
    private readonly HashSet<string> _told = [];
    private bool _isIdUsed;

    /// <summary>Its id; the first run that is made for it bears it, too.</summary>
    public string Id { get; } = id;

    /// <summary>When it was first seen, UTC.</summary>
    public DateTimeOffset Since { get; } = since;

    /// <summary>True when people were called because no route is left.</summary>
    public bool IsEscalated { get; set; }

    /// <summary>True when people were told that nothing is done about it.</summary>
    public bool WasTold => _told.Count > 0;

    /// <summary>True the first time that this reason is asked for.</summary>
    public bool IsNews(string reason) => _told.Add(reason);

    /// <summary>The id of the next run: the incident's own, and after that new ones.</summary>
    public string NextRunId(Func<string> another)
    {
        string next = _isIdUsed ? another() : Id;
        _isIdUsed = true;
        return next;
    }
}
