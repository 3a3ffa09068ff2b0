namespace AcodeOps.Core.Tests.Runbooks;

/// <summary>What the steps of a test's runbook change: switches, each of which may be turned on once and off once.</summary>
internal sealed class World
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _on = [];
    private readonly List<string> _history = [];

    /// <summary>The moments of the process that acts now.</summary>
    public Moments Moments { get; set; } = new();

    /// <summary>Looks on at each change.</summary>
    public Action<string> OnChange { get; set; } = _ => { };

    /// <summary>The switches that are on.</summary>
    public string[] On
    {
        get
        {
            lock (_gate)
            {
                return [.. _on.Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>All changes in order: <c>+one</c>, <c>-one</c>.</summary>
    public string[] History
    {
        get
        {
            lock (_gate)
            {
                return [.. _history];
            }
        }
    }

    public bool IsOn(string name)
    {
        lock (_gate)
        {
            return _on.Contains(name);
        }
    }

    public void Turn(string name, bool on) => Moments.Change(() =>
    {
        OnChange((on ? "+" : "-") + name);
        lock (_gate)
        {
            if (on ? _on.Add(name) : _on.Remove(name))
            {
                _history.Add((on ? "+" : "-") + name);
            }
            else if (on)
            {
                _history.Add("twice " + name);
            }
        }

        return true;
    });
}
