namespace AcodeOps.Reports;

/// <summary>A bar of a chart.</summary>
/// <param name="Label">What it stands for.</param>
/// <param name="From">Where it begins, as a share of the whole: 0 to 1. Null where there is nothing to draw.</param>
/// <param name="Length">Its share of the whole: 0 to 1. Null where there is nothing to draw.</param>
/// <param name="Figure">What is written beside it: a figure with its unit, or that there is none.</param>
public sealed record ReportBar(string Label, double? From, double? Length, string Figure)
{
    private const string NotBegun = "–";

    /// <summary>What it tells by its colour.</summary>
    public ReportBarKind Kind { get; init; }

    /// <summary>What is to be said of it besides; empty for nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>Brings times to one scale, from the earliest to the latest of them. What has no end reaches to the end of the scale.</summary>
    internal static IReadOnlyList<ReportBar> OfTimes(IEnumerable<(string Label, DateTimeOffset? From, DateTimeOffset? To, string Note, ReportBarKind Kind)> times)
    {
        (string Label, DateTimeOffset? From, DateTimeOffset? To, string Note, ReportBarKind Kind)[] all = [.. times];
        DateTimeOffset? first = all.Min(time => time.From);
        DateTimeOffset? last = all.Max(time => time.To ?? time.From);
        double whole = Math.Max(0.001, (last - first)?.TotalSeconds ?? 0);
        return
        [
            .. all.Select(time => time.From is not { } from
                ? new ReportBar(time.Label, null, null, NotBegun) { Note = time.Note }
                : new ReportBar(time.Label, (from - first!.Value).TotalSeconds / whole, Math.Max(0, ((time.To ?? last!.Value) - from).TotalSeconds / whole), Took(from, time.To))
                {
                    Note = time.Note,
                    Kind = time.To is null ? ReportBarKind.Open : time.Kind,
                }),
        ];
    }

    private static string Took(DateTimeOffset from, DateTimeOffset? to) => to is { } end ? ReportText.Duration((end - from).TotalSeconds) : "no end";
}

/// <summary>What a bar tells by its colour.</summary>
public enum ReportBarKind
{
    /// <summary>Nothing besides its length.</summary>
    Usual,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>To be minded.</summary>
    Mind,

    /// <summary>Failed.</summary>
    Bad,

    /// <summary>Its end is not known.</summary>
    Open,
}
