using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AcodeOps.Documents;

namespace AcodeOps.Configuration.Reading;

/// <summary>
/// What a document means as JSON, by the rules of YAML 1.1 that octavia's loader follows: <c>yes</c> is a boolean and
/// <c>010</c> is eight (yaml.org/type). Dates, which JSON has none of, stay text.
/// </summary>
internal static partial class YamlValues
{
    /// <summary>The node as JSON; of keys that are written twice, the last one.</summary>
    public static JsonNode? ToJson(DocumentNode node)
    {
        switch (node)
        {
            case MappingNode mapping:
                JsonObject members = [];
                foreach ((ScalarNode key, DocumentNode value) in mapping.Entries)
                {
                    members[key.Value] = ToJson(value);
                }

                return members;
            case SequenceNode sequence:
                return new JsonArray([.. sequence.Items.Select(ToJson)]);
            case ScalarNode { IsPlain: false } text:
                return JsonValue.Create(text.Value);
            case ScalarNode plain:
                return OfPlain(plain.Value);
            default:
                return null;
        }
    }

    /// <summary>True for a plain scalar that YAML 1.1 takes for a date or a time.</summary>
    public static bool IsTime(ScalarNode scalar) => scalar.IsPlain && Timestamp().IsMatch(scalar.Value);

    private static JsonNode? OfPlain(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return null;
            case "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON":
                return JsonValue.Create(true);
            case "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF":
                return JsonValue.Create(false);
        }

        if (Integer().IsMatch(text) && WholeOf(text.Replace("_", "", StringComparison.Ordinal)) is { } whole)
        {
            return whole >= long.MinValue && whole <= long.MaxValue ? JsonValue.Create((long)whole) : JsonNode.Parse(whole.ToString(CultureInfo.InvariantCulture));
        }

        return Float().IsMatch(text) && double.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? JsonValue.Create(number)
            : JsonValue.Create(text);
    }

    private static BigInteger? WholeOf(string text)
    {
        int sign = text[0] == '-' ? -1 : 1;
        string digits = text.TrimStart('+', '-');
        BigInteger? size = digits switch
        {
            "0" => BigInteger.Zero,
            ['0', 'b', .. { Length: > 0 } binary] => InBase(binary, 2),
            ['0', 'x', .. { Length: > 0 } hex] => InBase(hex, 16),
            ['0', .. { Length: > 0 } octal] => InBase(octal, 8),
            _ when digits.Contains(':', StringComparison.Ordinal) => digits.Split(':').Aggregate(BigInteger.Zero, (sum, part) => (sum * 60) + int.Parse(part, CultureInfo.InvariantCulture)),
            _ => BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger value) ? value : null,
        };
        return size * sign;
    }

    private static BigInteger InBase(string digits, int radix) => digits.Aggregate(BigInteger.Zero, (sum, digit) => (sum * radix) + Convert.ToInt32(digit.ToString(), 16));

    [GeneratedRegex(@"\A(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)\z")]
    private static partial Regex Integer();

    // Base 60 fractions, infinity and NaN are no JSON: they stay text.
    [GeneratedRegex(@"\A(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)\z")]
    private static partial Regex Float();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z|\A[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}")]
    private static partial Regex Timestamp();
}
