using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AcodeOps.Configuration.Importing;

/// <summary>
/// Writes JSON as YAML that every version reads in one way: text that could be taken for anything else, or that holds a
/// <c>${…}</c>, stands in quotes.
/// </summary>
internal static partial class YamlText
{
    // Words of YAML 1.1 that are no text.
    private static readonly HashSet<string> Taken = new(["y", "n", "yes", "no", "on", "off", "true", "false", "null"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The members of an object, one below the other.</summary>
    public static string Of(JsonObject members)
    {
        StringBuilder text = new();
        WriteMembers(members, "", text);
        return text.ToString();
    }

    private static void WriteMembers(JsonObject members, string indent, StringBuilder text)
    {
        foreach ((string key, JsonNode? value) in members)
        {
            text.Append(indent).Append(Scalar(key)).Append(':');
            if (value is JsonObject { Count: > 0 } inner)
            {
                text.Append('\n');
                WriteMembers(inner, indent + "  ", text);
            }
            else if (value is JsonArray { Count: > 0 } items && items.All(item => item is JsonObject { Count: > 0 }))
            {
                text.Append('\n');
                foreach (JsonNode? item in items)
                {
                    string lead = "  - ";
                    foreach ((string part, JsonNode? of) in item!.AsObject())
                    {
                        text.Append(indent).Append(lead).Append(Scalar(part)).Append(": ").Append(Flow(of)).Append('\n');
                        lead = "    ";
                    }
                }
            }
            else
            {
                text.Append(' ').Append(Flow(value)).Append('\n');
            }
        }
    }

    private static string Flow(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject members => $"{{{string.Join(", ", members.Select(member => $"{Scalar(member.Key)}: {Flow(member.Value)}"))}}}",
        JsonArray items => $"[{string.Join(", ", items.Select(Flow))}]",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Scalar(value.GetValue<string>()),
        _ => node.ToJsonString(),
    };

    private static string Scalar(string text)
    {
        if (Plain().IsMatch(text) && !Taken.Contains(text))
        {
            return text;
        }

        StringBuilder quoted = new("\"");
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\ufeff' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_./-]*\z")]
    private static partial Regex Plain();
}
