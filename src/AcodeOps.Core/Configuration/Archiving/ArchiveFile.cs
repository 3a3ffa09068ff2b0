using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AcodeOps.Runbooks;

namespace AcodeOps.Configuration.Archiving;

/// <summary>An archive as a file: JSON that begins with the SHA-256 of the rest, so that damage is found before it is restored.</summary>
internal static class ArchiveFile
{
    public static byte[] Write(ConfigurationArchive archive)
    {
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(archive, StepFacts.Json);
        return [.. Encoding.UTF8.GetBytes($"{{\"sha256\":\"{Hash(content)}\",\"archive\":"), .. content, .. "}"u8];
    }

    /// <summary>The archive.</summary>
    /// <param name="content">The file.</param>
    /// <param name="place">Where it was read, for the message.</param>
    /// <exception cref="AcodeException"><c>BackupDamaged</c>.</exception>
    public static ConfigurationArchive Read(ReadOnlyMemory<byte> content, string place)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            string archive = document.RootElement.GetProperty("archive").GetRawText();
            string told = document.RootElement.GetProperty("sha256").GetString() ?? "";
            return told == Hash(Encoding.UTF8.GetBytes(archive))
                ? JsonSerializer.Deserialize<ConfigurationArchive>(archive, StepFacts.Json) is { Format: 1 } known ? known : throw Damaged(place, "it is of another version", null)
                : throw Damaged(place, "its content does not have the checksum that it tells", null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Damaged(place, "it is no backup of a configuration", e);
        }
    }

    private static string Hash(byte[] content) => Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant();

    private static AcodeException Damaged(string place, string why, Exception? inner) => new(
        "BackupDamaged", FailureClass.Protocol, $"{place} cannot be used: {why}.", inner)
    {
        Advice = "Take another: Restore-AcodeConfiguration -ListAvailable shows what there is.",
        Subject = place,
        IsFatal = false,
    };
}
