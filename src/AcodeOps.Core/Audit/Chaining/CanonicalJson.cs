using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AcodeOps.Audit;

/// <summary>
/// The JSON Canonicalization Scheme (RFC 8785): the same content always gives the same bytes, however it was laid out. Names in
/// the order of their UTF-16 code units, no white space, text with the fewest escapes, numbers as ECMAScript writes them.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The greatest whole number that every reader of JSON reads back as itself (RFC 8785, 3.2.2.3; RFC 7493).</summary>
    public const long MaxSafeInteger = 9_007_199_254_740_991;

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\" + string.Concat(Enumerable.Range(0, 0x20).Select(code => (char)code)));

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes of a value of plain parts: maps by name, lists, text, whole numbers, numbers, truth values, null.</summary>
    /// <exception cref="ArgumentException">It holds something else, a number that not every reader reads back as itself, or text that is not Unicode.</exception>
    public static byte[] Write(object? value)
    {
        StringBuilder text = new();
        Append(text, value);
        return Utf8.GetBytes(text.ToString());
    }

    /// <summary>The bytes of a JSON document's value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="without">Names at the top level that are left out.</param>
    /// <exception cref="FormatException">A map has a name twice, or a number is greater than a double can hold: readers would not agree on what it says.</exception>
    public static byte[] Write(JsonElement value, params string[] without)
    {
        StringBuilder text = new();
        Append(text, value, without);
        return Utf8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null: text.Append("null"); break;
            case bool flag: text.Append(flag ? "true" : "false"); break;
            case int or long: text.Append(Whole(Convert.ToInt64(value, CultureInfo.InvariantCulture))); break;
            case double number: text.Append(CanonicalNumber.Of(number)); break;
            case string word: AppendText(text, word); break;
            case IEnumerable<KeyValuePair<string, object?>> map:
                AppendList(text, '{', '}', map.OrderBy(entry => entry.Key, StringComparer.Ordinal), entry =>
                {
                    AppendText(text, entry.Key);
                    text.Append(':');
                    Append(text, entry.Value);
                });
                break;
            case IEnumerable<object?> list: AppendList(text, '[', ']', list, item => Append(text, item)); break;
            default: throw new ArgumentException($"JSON cannot hold a {value.GetType().Name}.", nameof(value));
        }
    }

    private static void Append(StringBuilder text, JsonElement value, string[] without)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                JsonProperty[] entries = [.. value.EnumerateObject().Where(entry => !without.Contains(entry.Name)).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
                for (int i = 1; i < entries.Length; i++)
                {
                    if (entries[i].Name == entries[i - 1].Name)
                    {
                        throw new FormatException("It has a name twice.");
                    }
                }

                AppendList(text, '{', '}', entries, entry =>
                {
                    AppendText(text, entry.Name);
                    text.Append(':');
                    Append(text, entry.Value, []);
                });
                break;
            case JsonValueKind.Array: AppendList(text, '[', ']', value.EnumerateArray(), item => Append(text, item, [])); break;
            case JsonValueKind.String: AppendText(text, value.GetString()!); break;
            case JsonValueKind.Number: text.Append(value.TryGetDouble(out double number) && double.IsFinite(number) ? CanonicalNumber.Of(number) : throw new FormatException("It holds a number that is too great.")); break;
            default: text.Append(value.GetRawText()); break;
        }
    }

    private static void AppendList<T>(StringBuilder text, char open, char close, IEnumerable<T> items, Action<T> append)
    {
        text.Append(open);
        bool isFirst = true;
        foreach (T item in items)
        {
            if (!isFirst)
            {
                text.Append(',');
            }

            isFirst = false;
            append(item);
        }

        text.Append(close);
    }

    private static void AppendText(StringBuilder text, string value)
    {
        text.Append('"');
        ReadOnlySpan<char> rest = value;
        for (int next; (next = rest.IndexOfAny(Escaped)) >= 0; rest = rest[(next + 1)..])
        {
            text.Append(rest[..next]);
            _ = rest[next] switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                char other => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)other:x4}"),
            };
        }

        text.Append(rest).Append('"');
    }

    private static string Whole(long number) => Math.Abs(number) <= MaxSafeInteger
        ? number.ToString(CultureInfo.InvariantCulture)
        : throw new ArgumentException($"{number} is beyond what every reader of JSON reads back as itself.", nameof(number));
}
