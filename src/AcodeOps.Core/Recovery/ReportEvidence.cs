using AcodeOps.Reports;

namespace AcodeOps.Recovery;

/// <summary>Gathers what was seen when it was decided.</summary>
internal static class ReportEvidence
{
    /// <summary>Of an assessment: the parts, the witness, and what was kept besides.</summary>
    public static IReadOnlyList<string> Of(RecoveryAssessment seen) =>
    [
        .. from part in seen.Parts
           from fact in part.Evidence
           select $"{ReportWords.NameOf(part.Part)}: {fact}",
        .. seen.Witness is { } witness ? [$"witness: {witness}"] : Array.Empty<string>(),
        .. seen.Evidence,
    ];

    /// <summary>Of a switch: its assessment where there is one, else its routes; then the running syncs, the cursors and the job.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="result">What came of it; null where that is not known.</param>
    public static IReadOnlyList<string> Of(FailoverPlan plan, FailoverResult? result) =>
    [
        .. plan.Assessment is { } seen ? Of(seen) : [.. plan.From.Append(plan.Origin).Append(plan.To).OfType<PlannedRoute>().Select(planned => FrozenEvidence.LineOf(planned.Route)).Distinct()],
        .. plan.LagSeconds is { } lag ? [$"the new source was {ReportText.Duration(lag)} behind"] : Array.Empty<string>(),
        .. plan.DataUpTo is { } upTo ? [$"the newest data of the new source was of {ReportText.At(upTo)}"] : Array.Empty<string>(),
        .. plan.RunningSyncs.Select(sync => $"running: {sync}, {ReportText.Count(sync.RowsSynced)} rows"),
        .. from stream in plan.Streams
           where stream.OldCursor is not null || stream.NewCursor is not null || stream.SourceCursor is not null
           select $"stream {stream.Stream}: old route at {stream.OldCursor ?? ReportText.NotKnown}, new route from {stream.NewCursor ?? "the beginning"}, new source at {stream.SourceCursor ?? ReportText.NotKnown}",
        .. from cursor in (result?.CursorsAtTakeover ?? new Dictionary<string, string?>()).OrderBy(cursor => cursor.Key, StringComparer.Ordinal)
           select $"cursor at takeover: {cursor.Key} at {cursor.Value ?? ReportText.NotKnown}",
        .. result?.JobId is { } job ? [$"sync of the new route: job {job}"] : Array.Empty<string>(),
        .. plan.Notes,
    ];
}
