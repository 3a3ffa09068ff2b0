using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AcodeOps.Documents;

namespace AcodeOps.Audit;

/// <summary>
/// Turns records into bytes and back. The bytes are canonical JSON (RFC 8785), with nothing for what is unknown: the same record
/// always gives the same ones. Names that the guide's script used are kept.
/// </summary>
public static class AuditSerializer
{
    private const string HashName = "hash";
    private const string HashScheme = "sha256:";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffzzz";

    /// <summary>The record with its hash: SHA-256 of its canonical JSON without the hash itself.</summary>
    public static AuditRecord Seal(AuditRecord record) => record with { Hash = HashOf(CanonicalJson.Write(MapOf(record with { Hash = null }))) };

    /// <summary>The bytes of a record.</summary>
    public static byte[] Write(AuditRecord record) => CanonicalJson.Write(MapOf(record));

    /// <summary>What the hash of a record's, or a digest's, JSON has to be.</summary>
    /// <exception cref="FormatException">Readers would not agree on what it says.</exception>
    public static string HashOf(JsonElement document) => HashOf(CanonicalJson.Write(document, HashName));

    /// <summary>The hash of bytes, as records write it.</summary>
    public static string HashOf(ReadOnlySpan<byte> canonical) => HashScheme + Convert.ToHexString(SHA256.HashData(canonical)).ToLowerInvariant();

    private static Dictionary<string, object?> MapOf(AuditRecord record) => WithoutNulls(new()
    {
        ["schema_version"] = record.SchemaVersion,
        ["id"] = record.Id,
        ["timestamp"] = record.At.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture),
        ["event_type"] = AuditKey.NameOf(record.EventType),
        ["phase"] = NameOf(record.Phase),
        ["user_id"] = record.User,
        ["caller"] = WithoutNulls(new()
        {
            ["arn"] = record.CallerArn,
            ["account"] = record.CallerAccount,
            ["unknown_because"] = record.CallerUnknownBecause,
        }),
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
        ["compliance"] = WithoutNulls(new()
        {
            ["retention_period_days"] = record.RetentionDays,
            ["legal_basis"] = record.LegalBasis,
        }),
        ["chain"] = record.Sequence is null ? null : WithoutNulls(new()
        {
            ["sequence"] = record.Sequence,
            ["previous"] = record.PreviousHash,
            ["unrecorded"] = record.Unrecorded.Count == 0 ? null : record.Unrecorded.Select(range => (object?)new object?[] { range.First, range.Last }).ToArray(),
        }),
        [HashName] = record.Hash,
    });

    /// <summary>The record of these bytes.</summary>
    /// <exception cref="FormatException">They are no record.</exception>
    public static AuditRecord Read(ReadOnlyMemory<byte> bytes, AuditKey key)
    {
        try
        {
            using JsonDocument document = LegibleJson.Parse(bytes);
            AuditRecord record = Read(document.RootElement, key.Id);
            return Matches(record, key) ? record : throw new FormatException("Its content is that of another record.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("It is not the JSON of a record.", e);
        }
    }

    /// <summary>The record of a JSON document. Its hash is not checked.</summary>
    /// <param name="root">The document.</param>
    /// <param name="guidesId">The id of a record of the guide's script, which had none.</param>
    /// <exception cref="FormatException">It is no record.</exception>
    public static AuditRecord Read(JsonElement root, string guidesId)
    {
        try
        {
            int schema = Number(root, "schema_version") ?? 0;
            JsonElement? caller = Part(root, "caller");
            JsonElement? compliance = Part(root, "compliance");
            JsonElement? chain = Part(root, "chain");
            return new AuditRecord
            {
                SchemaVersion = schema,
                Id = Text(root, "id") ?? (schema == 0 ? guidesId : throw new FormatException("It has no id.")),
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
                Sequence = Part(chain, "sequence") is { } sequence ? sequence.TryGetInt64(out long place) && place > 0 ? place : throw new FormatException("Its sequence number is none.") : null,
                PreviousHash = Text(chain, "previous"),
                Unrecorded = Part(chain, "unrecorded") is { } lost ? [.. lost.EnumerateArray().Select(range => new SequenceRange(range[0].GetInt64(), range[1].GetInt64()))] : [],
                Hash = Text(root, HashName),
            };
        }
        catch (Exception e) when (e is InvalidOperationException or IndexOutOfRangeException)
        {
            throw new FormatException("It is not the JSON of a record.", e);
        }
    }

    /// <summary>True when the record is the one that the key names.</summary>
    public static bool Matches(AuditRecord record, AuditKey key) =>
        record.Id == key.Id && AuditKey.NameOf(record.EventType) == key.EventName && (record.SchemaVersion == 0 || AuditKey.Of(record).ToString() == key.ToString());

    private static Dictionary<string, object?> WithoutNulls(Dictionary<string, object?> map) =>
        map.Where(entry => entry.Value is not null).ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);

    private static Dictionary<string, object?> ReadMap(JsonElement map)
    {
        Dictionary<string, object?> read = new(StringComparer.Ordinal);
        foreach (JsonProperty entry in map.EnumerateObject())
        {
            read[Legible.Of(entry.Name)] = ReadValue(entry.Value);
        }

        return read;
    }

    private static object? ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => ReadMap(value),
        JsonValueKind.Array => value.EnumerateArray().Select(ReadValue).ToList(),
        JsonValueKind.String => Legible.Of(value.GetString()!),
        JsonValueKind.Number => value.TryGetInt64(out long whole) ? (object)whole : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static JsonElement? Part(JsonElement? owner, string name) =>
        owner is { } o && o.TryGetProperty(name, out JsonElement part) && part.ValueKind != JsonValueKind.Null ? part : null;

    private static string? Text(JsonElement? owner, string name) => Part(owner, name)?.GetString() is { } text ? Legible.Of(text) : null;

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
