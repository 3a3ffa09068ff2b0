using AcodeOps.Reports;

namespace AcodeOps.Recovery;

/// <summary>The words of a report for what scripts know by a name.</summary>
internal static class ReportWords
{
    /// <summary>A part, as a sentence names it.</summary>
    public static string NameOf(RecoveryPart part) => part switch
    {
        RecoveryPart.PrimarySource => "primary source",
        RecoveryPart.BackupSource => "backup source",
        RecoveryPart.PrimaryStorage => "primary storage",
        RecoveryPart.BackupStorage => "backup storage",
        _ => part.ToString(),
    };

    /// <summary>Where a step stands.</summary>
    public static string NameOf(RunbookStepStatus status) => status switch
    {
        RunbookStepStatus.Planned => "not begun",
        RunbookStepStatus.Running => "no end on record",
        RunbookStepStatus.Undone => "taken back",
        RunbookStepStatus.UndoFailed => "could not be taken back",
        _ => status.ToString().ToLowerInvariant(),
    };

    /// <summary>Where a run stands.</summary>
    public static string NameOf(RunbookStatus status) => status switch
    {
        RunbookStatus.AwaitingProof => "Awaiting proof",
        RunbookStatus.Undone => "Taken back",
        _ => status.ToString(),
    };

    /// <summary>What failed, and since when, as the first half of a sentence; null where no part was seen to fail.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="faultAt">When the fault began; null where that is not known.</param>
    /// <param name="seenAt">When it was first seen: what is told where nothing better is known.</param>
    public static string? Failure(IEnumerable<PartAssessment> parts, DateTimeOffset? faultAt, DateTimeOffset? seenAt)
    {
        string[] failed = [.. parts.Where(part => part.Verdict == Verdict.Failed).Select(part => $"{(part.Part == RecoveryPart.Airbyte ? "" : "the ")}{NameOf(part.Part)}")];
        string since = (faultAt, seenAt) switch
        {
            (not null, _) => $" at {ReportText.At(faultAt)}",
            (null, not null) => $", as was first seen at {ReportText.At(seenAt)}",
            _ => "",
        };
        return failed.Length == 0 ? null : $"{Joined(failed)} failed{since}";
    }

    private static string Joined(string[] words) => words.Length == 1 ? words[0] : $"{string.Join(", ", words[..^1])} and {words[^1]}";
}
