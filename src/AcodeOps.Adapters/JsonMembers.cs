using System.Text.Json;

namespace AcodeOps.Adapters;

/// <summary>
/// Reads the JSON of other people's services by name. Their answers grow from version to version: what is not asked for is
/// passed over, and a member of another type than expected is as good as none.
/// </summary>
internal static class JsonMembers
{
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static JsonElement? Member(this JsonElement? element, string name) => element?.Member(name);

    public static string? Text(this JsonElement? element, string name) => element?.Text(name);

    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static long? Number(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long number) ? number : null;

    public static Guid? Id(this JsonElement element, string name) => Guid.TryParse(element.Text(name), out Guid id) ? id : null;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) => ((JsonElement?)element).Items(name);

    public static IEnumerable<JsonElement> Items(this JsonElement? element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>The words of <paramref name="name"/> as a member of the enumeration; its zero, Unknown, for words of a later version.</summary>
    public static T Word<T>(this JsonElement element, string name) where T : struct, Enum =>
        element.Text(name) is { } text && Enum.GetNames<T>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known
            ? Enum.Parse<T>(known) : default;
}
