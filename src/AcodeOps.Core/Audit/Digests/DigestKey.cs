using System.Globalization;

namespace AcodeOps.Audit;

/// <summary>The name of a day's digest, below a storage's prefix: <c>acode_audit_digests/2026/11/24.json</c>. A day has one.</summary>
public static class DigestKey
{
    /// <summary>The folder of all digests.</summary>
    public const string Root = "acode_audit_digests/";

    private const string Layout = "yyyy'/'MM'/'dd'.json'";

    /// <summary>The key of a day's digest, without the storage's prefix.</summary>
    public static string Of(DateOnly day) => Root + day.ToString(Layout, CultureInfo.InvariantCulture);

    /// <summary>The day of a key without the storage's prefix; null when it names no digest.</summary>
    public static DateOnly? TryParse(string key) =>
        key.StartsWith(Root, StringComparison.Ordinal) && DateOnly.TryParseExact(key[Root.Length..], Layout, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;
}
