using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AcodeOps.Lab.Airbyte.Sync;

/// <summary>
/// The keys of one stream's objects: the destination's bucket path, path format and file name pattern, with their macros filled in.
/// The path format is a prefix, not a folder: <c>…/file_</c> and <c>0.parquet</c> make <c>…/file_0.parquet</c>.
/// </summary>
internal sealed partial class ObjectNames
{
    private const string DefaultPathFormat = "${NAMESPACE}/${STREAM_NAME}/${YEAR}_${MONTH}_${DAY}_${EPOCH}_";
    private const string DefaultFileName = "{part_number}{format_extension}";
    private const string Extension = ".parquet";

    private readonly string _fileName;
    private readonly string? _namespace;
    private readonly string _stream;
    private readonly DateTimeOffset _startedAt;
    private readonly long _syncId;
    private readonly string _template;

    public ObjectNames(JsonObject destination, string? streamNamespace, string stream, DateTimeOffset startedAt, long syncId)
    {
        string path = Text(destination, "s3_path_format") ?? DefaultPathFormat;
        _fileName = Text(destination, "file_name_pattern") ?? DefaultFileName;
        (_namespace, _stream, _startedAt, _syncId) = (streamNamespace, stream, startedAt.ToUniversalTime(), syncId);
        _template = $"{Text(destination, "s3_bucket_path")?.Trim('/')}/{path.TrimStart('/')}";
        Prefix = Clean(Macro().Replace(_template, m => Fill(m.Groups[1].Value)));
        StaticPrefix = Clean(Macro().Replace(_template[..FirstMoving()], m => Fill(m.Groups[1].Value)));
        Pattern = new(
            "^" + Clean(Macro().Replace(Regex.Escape(_template).Replace("\\$\\{", "${", StringComparison.Ordinal), m => Match(m.Groups[1].Value)))
                + FileMacro().Replace(Regex.Escape(_fileName).Replace("\\{", "{", StringComparison.Ordinal), m => MatchFile(m.Groups[1].Value)) + "(-[0-9]+)?$",
            RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
    }

    /// <summary>What the keys of this sync start with.</summary>
    public string Prefix { get; }

    /// <summary>What the keys of every sync of this stream start with.</summary>
    public string StaticPrefix { get; }

    /// <summary>Fits the keys of every sync of this stream.</summary>
    public Regex Pattern { get; }

    /// <summary>A key that is not taken yet.</summary>
    public string Key(long part, IReadOnlySet<string> taken)
    {
        string key = Prefix + FileMacro().Replace(_fileName, m => FillFile(m.Groups[1].Value, m.Groups[2].Value, part));
        string free = key;
        for (int ordinal = 1; taken.Contains(free); ordinal++)
        {
            free = $"{key}-{ordinal}";
        }

        return free;
    }

    /// <summary>The first part number above those in use under this sync's prefix.</summary>
    public long FirstFreePart(IEnumerable<string> taken)
    {
        Regex numbered = new("^" + Regex.Escape(Prefix) + FileMacro().Replace(
            Regex.Escape(_fileName).Replace("\\{", "{", StringComparison.Ordinal),
            m => m.Groups[1].Value == "part_number" ? "(?<part>[0-9]+)" : MatchFile(m.Groups[1].Value)), RegexOptions.ExplicitCapture);
        return taken.Select(k => numbered.Match(k)).Where(m => m.Groups["part"].Success)
            .Select(m => long.Parse(m.Groups["part"].ValueSpan, CultureInfo.InvariantCulture) + 1).DefaultIfEmpty(0).Max();
    }

    private static string? Text(JsonObject configuration, string name) => (string?)configuration[name] is { Length: > 0 } text ? text : null;

    /// <summary>An empty macro must not leave an empty folder.</summary>
    private static string Clean(string key) => Slashes().Replace(key, "/").TrimStart('/');

    private int FirstMoving() =>
        Macro().Matches(_template).FirstOrDefault(m => m.Groups[1].Value is not ("NAMESPACE" or "STREAM_NAME"))?.Index ?? _template.Length;

    private string Fill(string macro) => macro switch
    {
        "NAMESPACE" => _namespace ?? "",
        "STREAM_NAME" => _stream,
        "YEAR" => Time("yyyy"),
        "MONTH" => Time("MM"),
        "DAY" => Time("dd"),
        "HOUR" => Time("HH"),
        "MINUTE" => Time("mm"),
        "SECOND" => Time("ss"),
        "MILLISECOND" => Time("fff"),
        "EPOCH" => $"{_startedAt.ToUnixTimeMilliseconds()}",
        "UUID" => Guid.NewGuid().ToString(),
        _ => $"${{{macro}}}",
    };

    private string Match(string macro) => macro switch
    {
        "NAMESPACE" or "STREAM_NAME" => Regex.Escape(Fill(macro)),
        "UUID" => "[0-9a-f-]{36}",
        "YEAR" or "MONTH" or "DAY" or "HOUR" or "MINUTE" or "SECOND" or "MILLISECOND" or "EPOCH" => "[0-9]+",
        _ => Regex.Escape($"${{{macro}}}"),
    };

    private string FillFile(string macro, string format, long part) => (macro, format) switch
    {
        ("part_number", _) => $"{part}",
        ("sync_id", _) => $"{_syncId}",
        ("format_extension", _) => Extension,
        ("date", "") => Time("yyyy_MM_dd"),
        ("date", _) => Time(format),
        ("timestamp", "micros") => $"{_startedAt.ToUnixTimeMilliseconds() * 1000}",
        ("timestamp", _) => $"{_startedAt.ToUnixTimeMilliseconds()}",
        _ => $"{{{macro}}}",
    };

    private static string MatchFile(string macro) => macro switch
    {
        "part_number" or "sync_id" or "timestamp" => "[0-9]+",
        "format_extension" => Regex.Escape(Extension),
        _ => ".+",
    };

    private string Time(string format) => _startedAt.ToString(format, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\$\{(\w+)\}?")]
    private static partial Regex Macro();

    [GeneratedRegex(@"\{(\w+):?([^}]*)\}")]
    private static partial Regex FileMacro();

    [GeneratedRegex("/{2,}")]
    private static partial Regex Slashes();
}
