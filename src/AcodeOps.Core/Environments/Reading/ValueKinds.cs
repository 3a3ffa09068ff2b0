using System.Globalization;
using System.Text.RegularExpressions;
using AcodeOps.Documents;

namespace AcodeOps.Environments.Reading;

/// <summary>The kinds of values that environment files hold.</summary>
internal static partial class ValueKinds
{
    public static ValueKind<string> Text { get; } = new("text", node => node.Value.Trim().Length > 0 ? node.Value : null);

    /// <summary>A word without blanks: a database, a user, a connection's name.</summary>
    public static ValueKind<string> Word { get; } = new("text without blanks", node => Matching(node.Value, NoBlanks()));

    public static ValueKind<string> Host { get; } = new(
        "a host name or an IP address, without port, user or protocol",
        node => Uri.CheckHostName(node.Value) == UriHostNameType.Unknown ? null : node.Value);

    public static ValueKind<int?> Port { get; } = Whole(1, 65535);

    /// <summary>A table or a column: what MySQL takes without surprises.</summary>
    public static ValueKind<string> Identifier { get; } = new(
        "a name of letters, digits, '_' and '$', at most 64", node => Matching(node.Value, MySqlName()));

    public static ValueKind<string> Bucket { get; } = new(
        "a bucket's name: 3 to 63 small letters, digits, '.' and '-'", node => Matching(node.Value, BucketName()));

    public static ValueKind<string> Prefix { get; } = new(
        "a prefix that does not begin with a slash and ends with one", node => node.Value == "" || IsPrefix(node.Value) ? node.Value : null)
    {
        Propose = text => text.Trim('/') is { Length: > 0 } trimmed ? trimmed + "/" : null,
    };

    public static ValueKind<string> Region { get; } = new("an AWS region such as us-east-2", node => Matching(node.Value, RegionName()));

    public static ValueKind<string> TimeZone { get; } = new(
        "a time zone such as America/Sao_Paulo", node => TimeZoneInfo.TryFindSystemTimeZoneById(node.Value, out _) ? node.Value : null)
    {
        Rule = "UnknownTimeZone",
        Remedy = "Write an IANA name. If the name is right, this machine has no time zone data: install its tzdata package.",
    };

    /// <summary>A file or folder; what is not rooted is beside the environment file, and <c>~</c> is the user's own folder.</summary>
    public static ValueKind<string> PathBeside(string file) => new("a path", node => node.Value switch
    {
        _ when node.Value.Trim().Length == 0 || node.Value.Contains('\0', StringComparison.Ordinal) => null,
        "~" or ['~', '/' or '\\', ..] => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify) + node.Value[1..],
        _ => Path.Combine(Path.GetDirectoryName(file) ?? "", node.Value),
    });

    public static ValueKind<Uri> Url { get; } = new("an address such as http://airbyte-server:8001", node =>
        Uri.TryCreate(node.Value, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && url.Host.Length > 0
            && url.Query.Length == 0 && url.Fragment.Length == 0 ? url : null);

    /// <summary>A folder of a bucket.</summary>
    public static ValueKind<Uri> Folder { get; } = new("a folder of a bucket such as s3://answers/athena/", node =>
        Uri.TryCreate(node.Value, UriKind.Absolute, out Uri? url) && url.Scheme == "s3" && BucketName().IsMatch(url.Authority)
            && url.Query.Length == 0 && url.Fragment.Length == 0 && url.AbsolutePath.EndsWith('/') ? url : null);

    public static ValueKind<Guid?> Uuid { get; } = new(
        "a UUID such as 5ae6b09b-fdec-41af-aaf7-7d94cfc33ef6", node => Guid.TryParseExact(node.Value, "D", out Guid uuid) ? uuid : null);

    public static ValueKind<bool?> Flag { get; } = new("true or false, without quotes", node => (node.IsPlain, node.Value) switch
    {
        (true, "true" or "True") => true,
        (true, "false" or "False") => false,
        _ => null,
    });

    public static ValueKind<MaintenanceWindow> Window { get; } = new(
        "days and times such as sunday 02:00-04:00, or daily 03:00-03:30", node => MaintenanceWindow.TryParse(node.Value));

    /// <summary>A tag of metrics. <c>host</c> and <c>device</c> are the sender's own, and <c>env</c> is the environment's name.</summary>
    public static ValueKind<string> MetricTag { get; } = new(
        "a tag such as team:data, of letters, digits and _ - . / after a letter, and not host, device or env", node => Matching(node.Value, TagText()));

    /// <summary>Whom Datadog tells: <c>@pagerduty-acode</c>, <c>@ana@example.com</c>.</summary>
    public static ValueKind<string> Handle { get; } = new(
        "a handle of Datadog such as @pagerduty-acode", node => Matching(node.Value, HandleText()));

    /// <summary>A file of node_exporter's textfile collector, which reads only what ends in .prom.</summary>
    public static ValueKind<string> PrometheusFile(string file) => new(
        "a path that ends in .prom", node => node.Value.EndsWith(".prom", StringComparison.Ordinal) ? PathBeside(file).TryRead(node) : null);

    public static ValueKind<int?> Whole(int least, int most) => new($"a whole number from {least} to {most}, without quotes", node =>
        node.IsPlain && int.TryParse(node.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= least && number <= most ? number : null);

    public static ValueKind<double?> Number(double least, double most) => new(
        string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}, without quotes"), node =>
        node.IsPlain && double.TryParse(node.Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out double number)
            && number >= least && number <= most ? number : null);

    /// <summary>One of an enum's members, written in camelCase.</summary>
    public static ValueKind<T?> Choice<T>(params T[] allowed) where T : struct, Enum
    {
        T[] choices = allowed.Length > 0 ? allowed : Enum.GetValues<T>();
        string[] words = [.. choices.Select(choice => CamelCase(choice))];
        return new ValueKind<T?>($"one of {string.Join(", ", words)}", node => Array.IndexOf(words, node.Value) is >= 0 and int i ? choices[i] : null)
        {
            Propose = text => Spelling.Nearest(text, words),
        };
    }

    /// <summary>An enum's member as files write it.</summary>
    public static string CamelCase<T>(T value) where T : struct, Enum
    {
        string name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static string? Matching(string text, Regex pattern) => pattern.IsMatch(text) ? text : null;

    private static bool IsPrefix(string text) => text[0] != '/' && text[^1] == '/' && !text.Contains("//", StringComparison.Ordinal);

    [GeneratedRegex(@"\A(?!(host|device|env):)[A-Za-z][\w./-]*:[\w./-]+\z", RegexOptions.IgnoreCase)]
    private static partial Regex TagText();

    [GeneratedRegex(@"\A@[\w.@+-]{1,120}\z")]
    private static partial Regex HandleText();

    [GeneratedRegex(@"\A\S+\z")]
    private static partial Regex NoBlanks();

    [GeneratedRegex(@"\A[\p{L}\p{Nd}_$]{1,64}\z")]
    private static partial Regex MySqlName();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex BucketName();

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex RegionName();
}
