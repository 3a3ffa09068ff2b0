using System.Text.Json;
using System.Text.Json.Serialization;

namespace AcodeOps.Recovery;

/// <summary>Writes a report as JSON, for other programs. What is unknown is <c>null</c>, and there.</summary>
public static class JsonReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        WriteIndented = true,
    };

    /// <summary>The document.</summary>
    public static string Write(RecoveryReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonSerializer.Serialize(report, Json).ReplaceLineEndings("\n") + "\n";
    }
}
