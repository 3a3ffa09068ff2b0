using System.Globalization;

namespace AcodeOps.Health;

/// <summary>How old the newest data of the sources is, on two clocks: the date that rows are about, and when they were processed.</summary>
public sealed class FreshnessProbe : HealthProbe
{
    private const string EventDate = ": event date";
    private const string Processed = ": processed";

    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Freshness;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.Sources.Count == 0 ? [] : environment.Tables.SelectMany(table => new[]
    {
        table.EventDate is null ? null : table.Name + EventDate,
        table.ProcessedAt is null ? null : table.Name + Processed,
    }).OfType<string>();

    /// <inheritdoc />
    public override Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel)
    {
        bool isEventDate = target.EndsWith(EventDate, StringComparison.Ordinal);
        TableDefinition table = context.Environment.Tables.Single(t => t.Name == target[..^(isEventDate ? EventDate : Processed).Length]);
        TimeZoneInfo zone = LocalTimes.Zone(context.Environment.TimeZone);
        return FreshestSource.AskAsync(context, async source =>
        {
            TableWatermark watermark = await context.WatermarkAsync(source, table).ConfigureAwait(false);
            return isEventDate
                ? JudgeEventDate(watermark, LocalTimes.Today(context.Now, zone), context.Environment.Objectives)
                : JudgeProcessed(watermark, context.Now, context.Environment.Objectives);
        });
    }

    /// <summary>The judgement on the processing time, by the hour.</summary>
    internal static Observation JudgeProcessed(TableWatermark watermark, DateTimeOffset now, Objectives objectives)
    {
        if (watermark.ProcessedAt is not { } newest)
        {
            return Nothing(watermark, "processing time");
        }

        double hours = (now - newest).TotalHours;
        if (hours * 3600 < -objectives.ClockOffsetSeconds)
        {
            return Future(watermark, string.Create(CultureInfo.InvariantCulture, $"{newest:yyyy-MM-dd HH:mm:ss} UTC"));
        }

        return Judge(
            string.Create(CultureInfo.InvariantCulture, $"Newest row processed {Durations.InWords(Math.Max(0, hours * 3600))} ago ({newest:yyyy-MM-dd HH:mm} UTC)."),
            Math.Max(0, hours), "h", objectives.FreshnessWarningHours, objectives.FreshnessHours, watermark);
    }

    /// <summary>
    /// The judgement on the event date, by the day: a day of sales is whole only when it is over, so that yesterday's
    /// are fresh for all of today.
    /// </summary>
    internal static Observation JudgeEventDate(TableWatermark watermark, DateOnly today, Objectives objectives)
    {
        if (watermark.EventDate is not { } newest)
        {
            return Nothing(watermark, "event date");
        }

        int days = today.DayNumber - newest.DayNumber;
        if (days < 0)
        {
            return Future(watermark, newest.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        string age = days switch { 0 => "today's", 1 => "yesterday's", _ => $"{days} days old" };
        return Judge(
            string.Create(CultureInfo.InvariantCulture, $"Newest rows are {age} ({newest:yyyy-MM-dd})."),
            days, "d", Math.Ceiling(objectives.FreshnessWarningHours / 24), Math.Ceiling(objectives.FreshnessHours / 24), watermark);
    }

    private static Observation Judge(string summary, double age, string unit, double warning, double limit, TableWatermark watermark)
    {
        Verdict verdict = age <= warning ? Verdict.Healthy : age <= limit ? Verdict.Degraded : Verdict.Failed;
        return new Observation(verdict, summary)
        {
            Value = age,
            Unit = unit,
            Threshold = verdict == Verdict.Failed ? limit : warning,
            Evidence = [$"found by: {watermark.Method}"],
            ErrorId = verdict == Verdict.Healthy ? null : "DataStale",
            Remedy = verdict == Verdict.Healthy ? null
                : "The source itself has nothing newer: ask the partner whether and when data was sent. If only the backup is behind, see its Replication check.",
        };
    }

    private static Observation Nothing(TableWatermark watermark, string what) => new(
        Verdict.Unknown, watermark.IsEmpty ? $"Table {watermark.Table} is empty." : $"No row seen has a {what}.")
    {
        Cause = FailureClass.NotFound,
        ErrorId = watermark.IsEmpty ? "TableEmpty" : "WatermarkMissing",
        Evidence = [$"found by: {watermark.Method}"],
        Remedy = "Find out whether the table was emptied or is being loaded; an empty table is never fresh.",
    };

    private static Observation Future(TableWatermark watermark, string newest) => new(Verdict.Unknown, $"The newest value lies in the future: {newest}.")
    {
        Cause = FailureClass.InvalidInput,
        ErrorId = "WatermarkInFuture",
        Evidence = [$"found by: {watermark.Method}"],
        Remedy = "Either timeZone in the environment file is not the zone in which the source writes, or a row has a wrong date, or a clock is wrong (see the Clock checks).",
    };
}
