using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AcodeOps.Audit;

/// <summary>
/// The name of a record, below the audit storage's prefix, in the guide's layout:
/// <c>acode_audit/2026/11/24/failover_executed_031502_01KAT….json</c>. Day, time and id come from one single instant.
/// </summary>
/// <param name="At">The instant, UTC, to the second.</param>
/// <param name="EventName">The event type as stored.</param>
/// <param name="Id">The record's ULID; empty for a record of the guide's own script, which had none.</param>
public sealed partial record AuditKey(DateTimeOffset At, string EventName, string Id)
{
    /// <summary>The folder of all records.</summary>
    public const string Root = "acode_audit/";

    /// <summary>The key of a record.</summary>
    public static AuditKey Of(AuditRecord record) => new(record.At, NameOf(record.EventType), record.Id);

    /// <summary>Reads a key (without the storage's prefix); null when it names no record.</summary>
    public static AuditKey? TryParse(string key)
    {
        Match match = Layout().Match(key);
        return match.Success && DateTimeOffset.TryParseExact(
            match.Groups["day"].Value + match.Groups["time"].Value, "yyyy/MM/ddHHmmss", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at)
            ? new AuditKey(at, match.Groups["event"].Value, match.Groups["id"].Value)
            : null;
    }

    /// <summary>The folder of a day's records.</summary>
    public static string DayPrefix(DateOnly day) => Root + day.ToString("yyyy'/'MM'/'dd'/'", CultureInfo.InvariantCulture);

    /// <summary>What the keys of a day's records of one type start with.</summary>
    public static string EventPrefix(DateOnly day, AuditEventType type) => $"{DayPrefix(day)}{NameOf(type)}_";

    /// <summary>An event type as stored.</summary>
    public static string NameOf(AuditEventType type) => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.ToString());

    /// <summary>The day of the record, UTC.</summary>
    public DateOnly Day => DateOnly.FromDateTime(At.UtcDateTime);

    /// <summary>Sorts keys of all event types by time, and those of one second by id.</summary>
    public string SortText => At.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + Id + EventName;

    /// <summary>The key, without the storage's prefix.</summary>
    public override string ToString() =>
        $"{DayPrefix(Day)}{EventName}_{At.ToString("HHmmss", CultureInfo.InvariantCulture)}{(Id.Length == 0 ? "" : $"_{Id}")}.json";

    [GeneratedRegex(@"^acode_audit/(?<day>\d{4}/\d{2}/\d{2})/(?<event>[a-z]+(_[a-z]+)*)_(?<time>\d{6})(_(?<id>[0-9A-HJKMNP-TV-Z]{26}))?\.json$")]
    private static partial Regex Layout();
}
