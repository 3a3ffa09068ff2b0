using System.Text.Encodings.Web;
using System.Text.Json;

namespace AcodeOps.Lab.Sinks;

/// <summary>A file with one JSON document a line; each line is there at once.</summary>
public sealed class JsonLines
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Lock _gate = new();
    private readonly string _path;

    public JsonLines(string path)
    {
        _path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    }

    public void Add<T>(T entry)
    {
        lock (_gate)
        {
            File.AppendAllText(_path, JsonSerializer.Serialize(entry, Options) + "\n");
        }
    }

    /// <summary>What a sink has kept so far; a half-written last line is left out.</summary>
    public static IReadOnlyList<T> Read<T>(string path) => !File.Exists(path)
        ? []
        : [.. File.ReadAllText(path).Split('\n').SkipLast(1).Select(line => JsonSerializer.Deserialize<T>(line, Options)!)];
}
