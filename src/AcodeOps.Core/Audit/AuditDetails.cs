using System.Collections;
using System.Globalization;
using System.Security;
using System.Text;
using AcodeOps.Documents;

namespace AcodeOps.Audit;

/// <summary>
/// Brings facts of any shape into what a record can hold: text, whole numbers, numbers, truth values, lists and maps.
/// Secrets are masked by name, by type and by form; size and depth are bounded, so that no object can blow up a record.
/// </summary>
internal sealed class AuditDetails
{
    private const int MaxDepth = 8;
    private const int MaxText = 4096;
    private const string CutOff = "…";
    private int _valuesLeft = 2000;

    /// <summary>The cleaned facts.</summary>
    public static IReadOnlyDictionary<string, object?> Clean(IReadOnlyDictionary<string, object?> facts) =>
        new AuditDetails().Map(facts.Select(fact => (fact.Key, fact.Value)), depth: 0);

    /// <summary>A text with its secrets masked and its length bounded; null stays null.</summary>
    public static string? Clean(string? text)
    {
        if (text is null)
        {
            return null;
        }

        // Masked first: a cut in the middle of a secret could hide what gives it away.
        text = Legible.Of(SecretMask.Text(text.Length > 16 * MaxText ? text[..(16 * MaxText)] : text));
        // Half a surrogate pair, also one that was cut, is no text that bytes could hold.
        return Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(text.Length > MaxText ? text[..MaxText] + CutOff : text));
    }

    private Dictionary<string, object?> Map(IEnumerable<(string Key, object? Value)> facts, int depth)
    {
        Dictionary<string, object?> map = new(StringComparer.Ordinal);
        foreach ((string key, object? value) in facts)
        {
            if (_valuesLeft-- <= 0)
            {
                map[CutOff] = CutOff;
                break;
            }

            map[Clean(key)!] = SecretMask.IsSecretName(key) && value is not null and not bool ? SecretMask.Mask : Value(value, depth + 1);
        }

        return map;
    }

    private List<object?> List(IEnumerable items, int depth)
    {
        List<object?> list = [];
        foreach (object? item in items)
        {
            if (_valuesLeft-- <= 0)
            {
                list.Add(CutOff);
                break;
            }

            list.Add(Value(item, depth + 1));
        }

        return list;
    }

    private object? Value(object? value, int depth) => value switch
    {
        null or bool => value,
        string text => Clean(text),
        char letter => letter.ToString(),
        Enum name => name.ToString(),
        sbyte or byte or short or ushort or int or uint or long or ulong => Whole(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        float or double or decimal => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        DateTime time => Time(time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Local) : time),
        DateTimeOffset time => Time(time),
        SecureString => SecretMask.Mask,
        _ when IsSecretType(value.GetType()) => SecretMask.Mask,
        _ when depth > MaxDepth => CutOff,
        IDictionary map => Map(Entries(map), depth),
        IReadOnlyDictionary<string, object?> map => Map(map.Select(fact => (fact.Key, fact.Value)), depth),
        IEnumerable items => List(items, depth),
        IFormattable other => Clean(other.ToString(null, CultureInfo.InvariantCulture)),
        _ => Clean(value.ToString()),
    };

    private static IEnumerable<(string Key, object? Value)> Entries(IDictionary map)
    {
        foreach (DictionaryEntry entry in map)
        {
            yield return (Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, entry.Value);
        }
    }

    // Beyond that, readers of JSON would not agree on which number it is.
    private static object Whole(decimal number) =>
        Math.Abs(number) <= CanonicalJson.MaxSafeInteger ? (long)number : number.ToString(CultureInfo.InvariantCulture);

    private static object Number(double number) =>
        double.IsFinite(number) ? number : number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    // PSCredential is not known here; nor is whatever else a script may hand in. A reference to a credential is not one.
    private static bool IsSecretType(Type type) =>
        SecretMask.IsSecretName(type.Name) || type.Name is "SecretText" or "PSCredential" or "AwsKeys";
}
