using System.Globalization;

namespace AcodeOps.Health;

/// <summary>How far the backup's data is behind the primary's, by the newest processing time of each.</summary>
public sealed class WatermarkProbe : HealthProbe
{
    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Watermark;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.SourceNames().Count() < 2
        ? []
        : environment.Tables.Where(table => table.ProcessedAt is not null).Select(table => table.Name);

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel)
    {
        TableDefinition table = context.Environment.Tables.Single(t => t.Name == target);
        // The primary first: what arrives in between may only make the backup look better by what it really has.
        TableWatermark primary = await context.WatermarkAsync(await context.SourceAsync(SourceRole.Primary).ConfigureAwait(false), table).ConfigureAwait(false);
        TableWatermark backup = await context.WatermarkAsync(await context.SourceAsync(SourceRole.Backup).ConfigureAwait(false), table).ConfigureAwait(false);
        return Judge(primary, backup, context.Environment.Objectives);
    }

    /// <summary>The judgement, in minutes.</summary>
    internal static Observation Judge(TableWatermark primary, TableWatermark backup, Objectives objectives)
    {
        double limit = objectives.LagSeconds / 60;
        IReadOnlyList<string> evidence = [Line("primary", primary), Line("backup", backup)];
        if (primary.ProcessedAt is not { } newest)
        {
            return new Observation(Verdict.Unknown, primary.IsEmpty ? "The primary's table is empty." : "The primary's newest processing time is not known.")
            {
                Cause = FailureClass.NotFound,
                Evidence = evidence,
                Remedy = "Ask the partner whether the table is being reloaded.",
            };
        }

        if (backup.ProcessedAt is not { } reached)
        {
            return new Observation(backup.IsEmpty ? Verdict.Failed : Verdict.Unknown, backup.IsEmpty ? "The backup's table is empty, the primary's is not." : "The backup's newest processing time is not known.")
            {
                Cause = FailureClass.NotFound,
                Evidence = evidence,
                Remedy = "Do not switch to the backup. Look at its replication, and rebuild it if the table was never filled.",
            };
        }

        double minutes = (newest - reached).TotalMinutes;
        string words = Durations.InWords(Math.Abs(minutes) * 60);
        Verdict verdict = Math.Abs(minutes) <= limit ? Verdict.Healthy : Verdict.Degraded;
        return new Observation(verdict, minutes == 0 ? "The backup has the primary's newest data." : $"The backup's newest data is {words} {(minutes > 0 ? "older" : "newer")} than the primary's.")
        {
            Value = minutes,
            Unit = "min",
            Threshold = limit,
            Evidence = evidence,
            ErrorId = verdict == Verdict.Healthy ? null : "ReplicaBehind",
            Remedy = verdict == Verdict.Healthy ? null
                : minutes > 0 ? "Look at the Replication check: a switch to the backup now would miss this data until it has caught up."
                : "The backup has rows that the primary lacks: somebody wrote to it, or the primary lost or reloaded data. Compare before any switch.",
        };
    }

    private static string Line(string name, TableWatermark watermark) => string.Create(
        CultureInfo.InvariantCulture, $"{name} {(watermark.ProcessedAt is { } at ? $"{at:yyyy-MM-dd HH:mm:ss} UTC" : watermark.IsEmpty ? "empty" : "unknown")}, found by: {watermark.Method}");
}
