using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AcodeOps.Audit;

/// <summary>
/// Turns records into bytes and back. The same record always gives the same bytes: names in ordinal order at every
/// level, no white space, nothing for what is unknown. Names that the guide's script used are kept.
/// </summary>
public static class AuditSerializer
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffzzz";
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes of a record.</summary>
    public static byte[] Write(AuditRecord record)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, Relaxed))
        {
            WriteMap(json, new Dictionary<string, object?>
            {
                ["schema_version"] = record.SchemaVersion,
                ["id"] = record.Id,
                ["timestamp"] = record.At.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture),
                ["event_type"] = AuditKey.NameOf(record.EventType),
                ["phase"] = NameOf(record.Phase),
                ["user_id"] = record.User,
                ["caller"] = new Dictionary<string, object?>
                {
                    ["arn"] = record.CallerArn,
                    ["account"] = record.CallerAccount,
                    ["unknown_because"] = record.CallerUnknownBecause,
                },
                ["host"] = record.Host,
                ["process_id"] = record.ProcessId,
                ["module_version"] = record.ModuleVersion,
                ["powershell_version"] = record.PowerShellVersion,
                ["session_id"] = record.SessionId,
                ["run_id"] = record.RunId,
                ["subject"] = record.Subject,
                ["reason"] = record.Reason,
                ["outcome"] = record.Outcome,
                ["details"] = record.Details,
                ["compliance"] = new Dictionary<string, object?>
                {
                    ["retention_period_days"] = record.RetentionDays,
                    ["legal_basis"] = record.LegalBasis,
                },
            }, keepNulls: false);
        }

        return bytes.ToArray();
    }

    /// <summary>The record of these bytes.</summary>
    /// <exception cref="FormatException">They are no record.</exception>
    public static AuditRecord Read(ReadOnlyMemory<byte> bytes, AuditKey key)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            JsonElement root = document.RootElement;
            int schema = Number(root, "schema_version") ?? 0;
            JsonElement? caller = Part(root, "caller");
            JsonElement? compliance = Part(root, "compliance");
            AuditRecord record = new()
            {
                SchemaVersion = schema,
                Id = Text(root, "id") ?? (schema == 0 ? key.Id : throw new FormatException("It has no id.")),
                At = TimeOf(root),
                EventType = EventTypeOf(Text(root, "event_type")),
                Phase = Enum.TryParse(Text(root, "phase"), ignoreCase: true, out AuditPhase phase) ? phase : AuditPhase.Event,
                User = Text(root, "user_id") ?? throw new FormatException("It names no user."),
                CallerArn = Text(caller, "arn"),
                CallerAccount = Text(caller, "account"),
                CallerUnknownBecause = Text(caller, "unknown_because") ?? (caller is null ? "The record does not say." : null),
                Host = Text(root, "host"),
                ProcessId = Number(root, "process_id"),
                ModuleVersion = Text(root, "module_version"),
                PowerShellVersion = Text(root, "powershell_version"),
                SessionId = Text(root, "session_id"),
                RunId = Text(root, "run_id"),
                Subject = Text(root, "subject"),
                Reason = Text(root, "reason"),
                Outcome = Text(root, "outcome"),
                Details = Part(root, "details") is { ValueKind: JsonValueKind.Object } details ? ReadMap(details) : new Dictionary<string, object?>(),
                RetentionDays = Number(compliance, "retention_period_days"),
                LegalBasis = Text(compliance, "legal_basis"),
            };
            return Matches(record, key) ? record : throw new FormatException("Its content is that of another record.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("It is not the JSON of a record.", e);
        }
    }

    private static bool Matches(AuditRecord record, AuditKey key) =>
        record.Id == key.Id && AuditKey.NameOf(record.EventType) == key.EventName && (record.SchemaVersion == 0 || AuditKey.Of(record).ToString() == key.ToString());

    private static void WriteMap(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> map, bool keepNulls)
    {
        json.WriteStartObject();
        foreach ((string name, object? value) in map.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (keepNulls || value is not null)
            {
                json.WritePropertyName(name);
                WriteValue(json, value, keepNulls || name == "details");
            }
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value, bool keepNulls)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case string text: json.WriteStringValue(text); break;
            case IEnumerable<KeyValuePair<string, object?>> map: WriteMap(json, map, keepNulls); break;
            case IEnumerable<object?> list:
                json.WriteStartArray();
                foreach (object? item in list)
                {
                    WriteValue(json, item, keepNulls);
                }

                json.WriteEndArray();
                break;
            default: throw new ArgumentException($"A record cannot hold a {value.GetType().Name}.", nameof(value));
        }
    }

    private static Dictionary<string, object?> ReadMap(JsonElement map)
    {
        Dictionary<string, object?> read = new(StringComparer.Ordinal);
        foreach (JsonProperty entry in map.EnumerateObject())
        {
            read[entry.Name] = ReadValue(entry.Value);
        }

        return read;
    }

    private static object? ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => ReadMap(value),
        JsonValueKind.Array => value.EnumerateArray().Select(ReadValue).ToList(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out long whole) ? (object)whole : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static JsonElement? Part(JsonElement? owner, string name) =>
        owner is { } o && o.TryGetProperty(name, out JsonElement part) && part.ValueKind != JsonValueKind.Null ? part : null;

    private static string? Text(JsonElement? owner, string name) => Part(owner, name)?.GetString();

    private static int? Number(JsonElement? owner, string name) =>
        Part(owner, name) is { } part ? part.TryGetInt32(out int number) ? number : throw new FormatException($"Its {name} is no whole number.") : null;

    // The guide's script wrote UTC without an offset.
    private static DateTimeOffset TimeOf(JsonElement root) =>
        DateTimeOffset.TryParse(
            Text(root, "timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at)
            ? at
            : throw new FormatException("It has no readable timestamp.");

    private static AuditEventType EventTypeOf(string? name)
    {
        foreach (AuditEventType type in Enum.GetValues<AuditEventType>())
        {
            if (AuditKey.NameOf(type) == name)
            {
                return type;
            }
        }

        throw new FormatException($"This version does not know its event type '{name}'.");
    }

    private static string NameOf(AuditPhase phase) => JsonNamingPolicy.SnakeCaseLower.ConvertName(phase.ToString());
}
