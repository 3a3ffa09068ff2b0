using System.Text.Json;

namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>Enum members as the APIs spell them.</summary>
internal static class WireNames
{
    public static string Wire<T>(this T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
