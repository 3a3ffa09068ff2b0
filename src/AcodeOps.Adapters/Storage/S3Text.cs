using Amazon.S3;

namespace AcodeOps.Adapters.Storage;

/// <summary>How S3 writes things down.</summary>
internal static class S3Text
{
    /// <summary>An entity tag without its quotes.</summary>
    public static string Unquoted(string tag) => tag.Trim('"');

    /// <summary>A time of S3's, which is always UTC.</summary>
    public static DateTimeOffset Utc(DateTime? time) => new(time?.ToUniversalTime() ?? DateTime.UnixEpoch);

    /// <summary>The method, or null for none told.</summary>
    public static string? Encryption(ServerSideEncryptionMethod? method) => method?.Value is { Length: > 0 } told && told != "None" ? told : null;
}
