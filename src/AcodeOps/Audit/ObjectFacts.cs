using System.Collections;
using System.Management.Automation;
using System.Text.Json;

namespace AcodeOps.Audit;

/// <summary>The plain facts of objects as PowerShell shows them: what fits on a line, and lists of that.</summary>
internal static class ObjectFacts
{
    // A map may hold itself.
    private const int MaxDepth = 8;

    /// <summary>The object's simple properties, under the guide's kind of names: <c>LatencyMs</c> as <c>latency_ms</c>.</summary>
    public static Dictionary<string, object?> Of(PSObject subject)
    {
        Dictionary<string, object?> facts = new(StringComparer.Ordinal);
        if (IsPlain(subject.BaseObject))
        {
            facts["value"] = subject.BaseObject;
            return facts;
        }

        if (subject.BaseObject is IDictionary map)
        {
            return Of(map, depth: 0);
        }

        foreach (PSPropertyInfo property in subject.Properties.Where(p => p.IsGettable))
        {
            object? value = ValueOf(property);
            if (IsPlain(value) || (value is IEnumerable list && list.Cast<object?>().All(item => IsPlain(Unwrap(item)))))
            {
                facts[JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)] = Unwrapped(value, depth: 0);
            }
        }

        return facts;
    }

    /// <summary>A hashtable's entries under its own names, freed of PowerShell's wrappers at every level.</summary>
    public static Dictionary<string, object?> Of(IDictionary map) => Of(map, depth: 0);

    private static Dictionary<string, object?> Of(IDictionary map, int depth)
    {
        Dictionary<string, object?> facts = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in map)
        {
            facts[entry.Key.ToString()!] = Unwrapped(entry.Value, depth + 1);
        }

        return facts;
    }

    private static object? ValueOf(PSPropertyInfo property)
    {
        try
        {
            return Unwrap(property.Value);
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    private static object? Unwrapped(object? value, int depth) => Unwrap(value) switch
    {
        null => null,
        string text => text,
        _ when depth > MaxDepth => "…",
        PSCustomObject => Of((PSObject)value!),
        IDictionary map => Of(map, depth),
        IEnumerable list => list.Cast<object?>().Select(item => Unwrapped(item, depth + 1)).ToList(),
        { } other => other,
    };

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static bool IsPlain(object? value) =>
        value is null or string or bool or decimal or DateTime or DateTimeOffset or DateOnly or TimeSpan or Guid or Uri or Version or Enum
        || value.GetType().IsPrimitive;
}
