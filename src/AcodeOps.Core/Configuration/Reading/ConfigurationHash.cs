using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Documents;

namespace AcodeOps.Configuration.Reading;

/// <summary>
/// The hash that octavia keeps of what it applied: SHA-256 of the file as JSON in Python's form (<c>json.dumps</c> with
/// <c>sort_keys</c>). Where a variable was put in for a secret, its name is hashed in its place: the hash of a secret can be
/// guessed, and state files are committed.
/// </summary>
internal static class ConfigurationHash
{
    /// <param name="document">The file with its variables put in.</param>
    /// <param name="isSecret">True for paths in the file whose values are secret.</param>
    public static string Of(DocumentNode document, Func<string, bool> isSecret)
    {
        StringBuilder text = new();
        Write(YamlValues.ToJson(Hidden(document, "", isSecret)), text);
        return Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(text.ToString()))).ToLowerInvariant();
    }

    private static DocumentNode Hidden(DocumentNode node, string path, Func<string, bool> isSecret) => node switch
    {
        MappingNode mapping => mapping with { Entries = [.. mapping.Entries.Select(entry => (entry.Key, Hidden(entry.Value, DocumentPath.Of(path, entry.Key.Value), isSecret)))] },
        SequenceNode sequence => sequence with { Items = [.. sequence.Items.Select((item, i) => Hidden(item, DocumentPath.Of(path, i), isSecret))] },
        ScalarNode { Written: { } written } scalar when isSecret(path) => scalar with { Value = written },
        _ => node,
    };

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject members:
                WriteAll('{', '}', members.OrderBy(member => member.Key, StringComparer.Ordinal), text, member =>
                {
                    WriteText(member.Key, text);
                    text.Append(": ");
                    Write(member.Value, text);
                });
                break;
            case JsonArray items:
                WriteAll('[', ']', items, text, item => Write(item, text));
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                WriteText(value.GetValue<string>(), text);
                break;
            case JsonValue value when value.TryGetValue(out double number) && !value.TryGetValue(out long _):
                text.Append(FloatOf(number));
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private static void WriteAll<T>(char open, char close, IEnumerable<T> items, StringBuilder text, Action<T> write)
    {
        text.Append(open);
        string between = "";
        foreach (T item in items)
        {
            text.Append(between);
            between = ", ";
            write(item);
        }

        text.Append(close);
    }

    private static void WriteText(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' or > '~' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }

    // Python's repr: the shortest digits, with an exponent below 1e-4 and from 1e16 on.
    private static string FloatOf(double number)
    {
        string shortest = number.ToString("R", CultureInfo.InvariantCulture);
        return !shortest.Contains('E', StringComparison.Ordinal) ? (shortest.Contains('.', StringComparison.Ordinal) ? shortest : shortest + ".0")
            : Math.Abs(number) is >= 1e-4 and < 1e16 ? number.ToString("F1", CultureInfo.InvariantCulture)
            : shortest.ToLowerInvariant();
    }
}
