namespace AcodeOps.Tuning;

/// <summary>A server's counters at the begin and at the end of a window, and its gauges in between.</summary>
/// <param name="First">The first reading.</param>
/// <param name="Last">The last reading.</param>
/// <param name="Elapsed">The time between them.</param>
/// <param name="All">All readings, the first and the last among them.</param>
internal sealed record CounterWindow(ServerCounters First, ServerCounters Last, TimeSpan Elapsed, IReadOnlyList<ServerCounters> All)
{
    private readonly string? _reset = WhyReset(First, Last, Elapsed);

    /// <summary>By how much counters have grown, all together.</summary>
    public Figure Delta(params ReadOnlySpan<string> names)
    {
        if (_reset is not null)
        {
            return Figure.Unknown(_reset) with { ErrorId = "StatisticsReset", Cause = FailureClass.Conflict };
        }

        double sum = 0;
        int found = 0;
        foreach (string name in names)
        {
            if (First[name] is not { } then || Last[name] is not { } now)
            {
                continue;
            }

            if (now < then)
            {
                return Figure.Unknown($"the server has set {name} back in the window") with { ErrorId = "StatisticsReset", Cause = FailureClass.Conflict };
            }

            sum += now - then;
            found++;
        }

        return found > 0 ? new Figure(sum) : Figure.Unknown($"this server does not count {names[0]}");
    }

    /// <summary>By how much a family of counters has grown.</summary>
    public Figure DeltaOf(string prefix) => Delta([.. First.Values.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).DefaultIfEmpty(prefix)]);

    /// <summary>How much counters have grown in a second.</summary>
    public Figure Rate(params ReadOnlySpan<string> names) => PerSecond(Delta(names));

    /// <summary>A difference as a rate.</summary>
    public Figure PerSecond(Figure delta) => delta.Value is { } grown ? delta with { Value = grown / Elapsed.TotalSeconds } : delta;

    /// <summary>The greatest that a gauge was seen at.</summary>
    public Figure Greatest(string name) => All.Select(counters => counters[name]).Max() is { } greatest
        ? new Figure(greatest, FormattableString.Invariant($"mean {All.Average(counters => counters[name] ?? 0):0.#} of {All.Count} looks"))
        : Figure.Unknown($"this server does not tell {name}");

    // Whole seconds on the server's side, rounded at each end.
    private static string? WhyReset(ServerCounters first, ServerCounters last, TimeSpan elapsed) => (first["Uptime"], last["Uptime"]) switch
    {
        ({ } then, { } now) when StatementWindow.HasRestarted(then, now, elapsed) => FormattableString.Invariant($"the server was started anew {now} s before the end of the window"),
        (null, _) or (_, null) => "the server does not tell how long it has run",
        _ when first["Uptime_since_flush_status"] is { } then && last["Uptime_since_flush_status"] is { } now && StatementWindow.HasRestarted(then, now, elapsed) =>
            "the server's counters were set back in the window (FLUSH STATUS)",
        _ => null,
    };
}
