using System.Text.Json;
using System.Text.Json.Serialization;

namespace AcodeOps.Reports;

/// <summary>Writes what a report is made from as JSON, for other programs. What is unknown is <c>null</c>, and there.</summary>
public static class JsonReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        WriteIndented = true,
    };

    /// <summary>The document.</summary>
    public static string Write<T>(T content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return JsonSerializer.Serialize(content, Json).ReplaceLineEndings("\n") + "\n";
    }
}
