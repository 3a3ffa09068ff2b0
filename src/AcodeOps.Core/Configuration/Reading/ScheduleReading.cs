using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AcodeOps.Documents;
using AcodeOps.Environments.Reading;

namespace AcodeOps.Configuration.Reading;

/// <summary>Reads a connection's schedule. The supported API takes manual and cron only, cron in UTC.</summary>
internal static partial class ScheduleReading
{
    private static readonly string[] Units = ["minutes", "hours", "days", "weeks", "months"];

    public static JsonObject Read(MappingReader r)
    {
        string? type = r.Optional("schedule_type", ConnectionReading.OneOf("basic", "cron", "manual"));
        JsonObject? data = r.Section("schedule_data", ReadData);
        string? expression = data is null ? null : (string?)(data["cron"] as JsonObject)?["expression"];
        if (r.Has("schedule"))
        {
            _ = r.Anything("schedule");
            r.ComplainAtKey("schedule", new("DeadKey", "'schedule' was given up by octavia 0.40.") { Remedy = "Write schedule_type and schedule_data." });
        }

        switch (type)
        {
            case "basic":
                r.Complain("schedule_type", new("ScheduleNotWritable", "The supported API of Airbyte can set no schedule of every so many hours: one that is there stays, and none can be made.", FindingSeverity.Warning)
                {
                    Proposed = "cron",
                    Remedy = "Write schedule_type: cron and schedule_data: { cron: { cron_expression: \"0 0 * * * ?\", cron_time_zone: UTC } }.",
                });
                return new JsonObject { ["scheduleType"] = "basic", ["basicTiming"] = (string?)data?["basic"]?["timing"] };
            case "cron" when !(data?.ContainsKey("cron") ?? false):
                r.Complain("schedule_data", new("MissingKey", "A schedule by cron needs its expression.") { Remedy = "Add schedule_data: { cron: { cron_expression: \"0 0 2 * * ?\", cron_time_zone: UTC } }." });
                return new JsonObject { ["scheduleType"] = "cron" };
            case "cron":
                return new JsonObject { ["scheduleType"] = "cron", ["cronExpression"] = expression };
            default:
                return new JsonObject { ["scheduleType"] = "manual" };
        }
    }

    private static JsonObject ReadData(MappingReader r)
    {
        JsonObject data = [];
        if (r.Section("cron", ReadCron) is { } cron)
        {
            data["cron"] = cron;
        }

        if (r.Section("basic_schedule", s => new JsonObject { ["timing"] = $"Every {s.Required("units", ValueKinds.Whole(1, 10_000))} {s.Required("time_unit", ConnectionReading.OneOf(Units))?.ToUpperInvariant()}" }) is { } basic)
        {
            data["basic"] = basic;
        }

        return data;
    }

    private static JsonObject ReadCron(MappingReader r)
    {
        string? expression = r.Required("cron_expression", ValueKinds.Text);
        string? zone = r.Optional("cron_time_zone", ValueKinds.Text);
        if (expression is not null && !IsQuartz(expression))
        {
            r.Complain("cron_expression", new("CronInvalid", "Airbyte takes Quartz expressions of 6 or 7 fields, whose seconds are one number.")
            {
                Current = expression,
                Remedy = "Write seconds, minutes, hours, day of month, month, day of week: 0 0 2 * * ?",
            });
        }

        if (zone is not (null or "UTC" or "Etc/UTC"))
        {
            r.Complain("cron_time_zone", new("ScheduleNotWritable", "The supported API of Airbyte keeps cron schedules in UTC.") { Current = zone, Proposed = "UTC", Remedy = "Write the hours in UTC." });
        }

        return new JsonObject { ["expression"] = expression is null ? null : Blanks().Replace(expression.Trim(), " ") };
    }

    private static bool IsQuartz(string expression)
    {
        string[] fields = Blanks().Split(expression.Trim());
        return fields.Length is 6 or 7 && int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds < 60
            && fields.All(field => Field().IsMatch(field)) && (fields.Length == 6 || int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\A[0-9A-Za-z*?,/#-]+\z")]
    private static partial Regex Field();
}
