using System.Globalization;
using System.Text.Json;
using AcodeOps.Documents;

namespace AcodeOps.Audit;

/// <summary>Turns digests into canonical JSON (RFC 8785) and back.</summary>
public static class DigestSerializer
{
    /// <summary>What tells a digest from a record.</summary>
    public const string Kind = "acode_audit_digest";

    private const string DayFormat = "yyyy-MM-dd";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffzzz";
    private static readonly string[] NotHashed = ["hash", "signature"];

    /// <summary>The digest with its hash.</summary>
    public static AuditDigest Seal(AuditDigest digest) =>
        digest with { Hash = AuditSerializer.HashOf(CanonicalJson.Write(MapOf(digest with { Hash = null, Signature = null }))) };

    /// <summary>The bytes of a digest.</summary>
    public static byte[] Write(AuditDigest digest) => CanonicalJson.Write(MapOf(digest));

    /// <summary>What the hash of a digest's JSON has to be.</summary>
    /// <exception cref="FormatException">Readers would not agree on what it says.</exception>
    public static string HashOf(JsonElement document) => AuditSerializer.HashOf(CanonicalJson.Write(document, NotHashed));

    /// <summary>True when the JSON is that of a digest, whole or not.</summary>
    public static bool IsDigest(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("kind", out JsonElement kind) && kind.ValueKind == JsonValueKind.String && kind.ValueEquals(Kind);

    /// <summary>The digest of a JSON document. Its hash is not checked.</summary>
    /// <exception cref="FormatException">It is no digest, or of a later schema.</exception>
    public static AuditDigest Read(JsonElement root)
    {
        try
        {
            if (!IsDigest(root) || root.GetProperty("schema_version").GetInt32() > AuditDigest.CurrentSchema)
            {
                throw new FormatException("It is no digest that this version can read.");
            }

            return new AuditDigest
            {
                Number = root.GetProperty("number").GetInt64(),
                Day = DayOf(root.GetProperty("day")),
                MadeAt = root.GetProperty("made_at").GetDateTimeOffset(),
                PreviousHash = root.TryGetProperty("previous", out JsonElement previous) ? previous.GetString() : null,
                Days = [.. root.GetProperty("days").EnumerateArray().Select(ReadDay)],
                Hash = root.TryGetProperty("hash", out JsonElement hash) ? hash.GetString() : null,
                Signature = root.TryGetProperty("signature", out JsonElement signature) ? ReadSignature(signature) : null,
            };
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new FormatException("It is not the JSON of a digest.", e);
        }
    }

    private static Dictionary<string, object?> MapOf(AuditDigest digest)
    {
        Dictionary<string, object?> map = new()
        {
            ["kind"] = Kind,
            ["schema_version"] = AuditDigest.CurrentSchema,
            ["number"] = digest.Number,
            ["day"] = digest.Day.ToString(DayFormat, CultureInfo.InvariantCulture),
            ["made_at"] = digest.MadeAt.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture),
            ["previous"] = digest.PreviousHash,
            ["days"] = digest.Days.Select(object? (day) => new Dictionary<string, object?>
            {
                ["day"] = day.Day.ToString(DayFormat, CultureInfo.InvariantCulture),
                ["unchained"] = day.Unchained,
                ["damaged"] = day.Damaged,
                ["sessions"] = day.Chains.ToDictionary(chain => chain.SessionId, object? (chain) =>
                    chain.Links.Select(object? (link) => new object?[] { link.First, link.Last, link.Hash }).ToArray()),
            }).ToArray(),
            ["hash"] = digest.Hash,
            ["signature"] = digest.Signature is not { } signature ? null : new Dictionary<string, object?>
            {
                ["algorithm"] = signature.Algorithm,
                ["key_id"] = signature.KeyId,
                ["value"] = signature.Value,
            },
        };
        return map.Where(entry => entry.Value is not null).ToDictionary(entry => entry.Key, entry => entry.Value);
    }

    private static DigestedDay ReadDay(JsonElement day) => new(
        DayOf(day.GetProperty("day")),
        [
            .. day.GetProperty("sessions").EnumerateObject().Select(session => new DigestedChain(
                Legible.Of(session.Name), [.. session.Value.EnumerateArray().Select(link => new DigestedLinks(link[0].GetInt64(), link[1].GetInt64(), link[2].GetString()!))])),
        ],
        day.GetProperty("unchained").GetInt32(),
        [.. day.GetProperty("damaged").EnumerateArray().Select(key => key.GetString()!)]);

    private static AuditSignature ReadSignature(JsonElement signature) => new(
        signature.GetProperty("algorithm").GetString()!, signature.GetProperty("key_id").GetString()!, signature.GetProperty("value").GetString()!);

    private static DateOnly DayOf(JsonElement text) =>
        DateOnly.ParseExact(text.GetString()!, DayFormat, CultureInfo.InvariantCulture);
}
