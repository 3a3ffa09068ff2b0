using System.Text.Json;
using AcodeOps.Documents;

namespace AcodeOps.Audit;

/// <summary>What one file of a trail says by itself: a record, a digest, or a fault.</summary>
internal sealed record Examination(AuditFile File)
{
    /// <summary>The record; also where it has a fault, as long as its place in the chain can be read.</summary>
    public AuditRecord? Record { get; private init; }

    /// <summary>The digest.</summary>
    public AuditDigest? Digest { get; private init; }

    /// <summary>What is wrong with it by itself.</summary>
    public AuditFault? Fault { get; private init; }

    /// <summary>Reads a file and judges it by itself; null where it has nothing to do with a trail.</summary>
    public static async Task<Examination?> OfAsync(IAuditMaterial material, AuditFile file, CancellationToken cancel)
    {
        try
        {
            return await material.ReadAsync(file, cancel).ConfigureAwait(false) is { } content
                ? Of(file, content)
                : file.Place == AuditPlace.Spool ? null : Failed(file, AuditFaultKind.Missing, "It was listed, and is gone.");
        }
        catch (AcodeException e) when (!e.Cause.IsOutage())
        {
            return Failed(file, AuditFaultKind.Unreadable, e.Message);
        }
    }

    /// <summary>Judges a file's content by itself; null where it has nothing to do with a trail.</summary>
    public static Examination? Of(AuditFile file, ReadOnlyMemory<byte> content)
    {
        AuditKey? key = AuditKey.TryParse(file.Name);
        try
        {
            using JsonDocument document = LegibleJson.Parse(content);
            JsonElement root = document.RootElement;
            if (DigestSerializer.IsDigest(root))
            {
                AuditDigest digest = DigestSerializer.Read(root);
                return new(file) { Digest = digest, Fault = FaultOf(file, digest, DigestSerializer.HashOf(root)) };
            }

            if (key is null && !IsRecord(root))
            {
                return DigestKey.TryParse(file.Name) is null ? null : Failed(file, AuditFaultKind.DigestAltered, "It is no digest.");
            }

            AuditRecord record = AuditSerializer.Read(root, key?.Id ?? "");
            return new(file) { Record = record, Fault = FaultOf(file, key, record, root) };
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return DigestKey.TryParse(file.Name) is not null ? Failed(file, AuditFaultKind.DigestAltered, "It is no whole digest.")
                : key is not null ? Failed(file, AuditFaultKind.Damaged, $"It is no whole record. {(e is FormatException ? e.Message : "It is not JSON.")}", key.Id)
                : null;
        }
    }

    private static bool IsRecord(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("schema_version", out _) && root.TryGetProperty("event_type", out _);

    private static AuditFault? FaultOf(AuditFile file, AuditDigest digest, string hash) =>
        digest.Hash != hash ? At(file, AuditFaultKind.DigestAltered, $"The {digest} is not what its hash says.")
        : DigestKey.TryParse(file.Name) is { } day && day != digest.Day ? At(file, AuditFaultKind.DigestAltered, $"The {digest} lies under the name of another.")
        : null;

    private static AuditFault? FaultOf(AuditFile file, AuditKey? key, AuditRecord record, JsonElement root)
    {
        AuditFault Of(AuditFaultKind kind, string message) => At(file, kind, message) with
        {
            RecordId = record.Id,
            SessionId = record.SessionId,
            Sequence = record.Sequence is { } sequence ? new(sequence, sequence) : null,
        };
        return record.Sequence is not null && record.Hash != AuditSerializer.HashOf(root) ? Of(AuditFaultKind.Altered, "The record is not what its hash says.")
            : record.Sequence is null && (record.SchemaVersion > 1 || record.Hash is not null || (record.SchemaVersion == 0 && key is { Id.Length: > 0 })) ? Of(AuditFaultKind.Altered, "The record has lost its place in the chain.")
            : key is not null && !AuditSerializer.Matches(record, key) ? Of(AuditFaultKind.Renamed, $"The record belongs to the name {AuditKey.Of(record)}.")
            : null;
    }

    private static Examination Failed(AuditFile file, AuditFaultKind kind, string message, string? recordId = null) =>
        new(file) { Fault = At(file, kind, message) with { RecordId = recordId } };

    private static AuditFault At(AuditFile file, AuditFaultKind kind, string message) => new(kind, message) { Location = Legible.OnOneLine(file.Location) };
}
