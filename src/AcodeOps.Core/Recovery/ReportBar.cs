namespace AcodeOps.Recovery;

/// <summary>A bar of a chart of times.</summary>
/// <param name="Label">What took the time.</param>
/// <param name="Start">Where it begins, as a share of the whole: 0 to 1. Null for what was not begun.</param>
/// <param name="Length">Its share of the whole: 0 to 1. Null for what was not begun.</param>
/// <param name="Seconds">How long it took, in seconds; null where it has no end.</param>
/// <param name="Note">What is to be said of it besides; empty for nothing.</param>
internal sealed record ReportBar(string Label, double? Start, double? Length, double? Seconds, string Note)
{
    /// <summary>Brings times to one scale, from the earliest to the latest of them. What has no end reaches to the end of the scale.</summary>
    public static IReadOnlyList<ReportBar> Scaled(IEnumerable<(string Label, DateTimeOffset? From, DateTimeOffset? To, string Note)> times)
    {
        (string Label, DateTimeOffset? From, DateTimeOffset? To, string Note)[] all = [.. times];
        DateTimeOffset? first = all.Min(time => time.From);
        DateTimeOffset? last = all.Max(time => time.To ?? time.From);
        double whole = Math.Max(0.001, (last - first)?.TotalSeconds ?? 0);
        return
        [
            .. all.Select(time => time.From is not { } from
                ? new ReportBar(time.Label, null, null, null, time.Note)
                : new ReportBar(time.Label, Share(from), Math.Max(0, ((time.To ?? last!.Value) - from).TotalSeconds / whole), (time.To - from)?.TotalSeconds, time.Note)),
        ];

        double Share(DateTimeOffset at) => (at - first!.Value).TotalSeconds / whole;
    }
}
