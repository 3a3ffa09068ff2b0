using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AcodeOps.Runbooks;

/// <summary>
/// What the steps of a run remember, by name; kept in the journal. Names are unique in a run. Never holds a secret. Safe for
/// concurrent use: a step may gather several facts at once.
/// </summary>
public sealed class StepFacts
{
    private readonly object _gate = new();
    private readonly Dictionary<string, JsonNode?> _facts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unwritten = new(StringComparer.Ordinal);

    /// <summary>How facts and plans are written: times, enumerations by name, nothing for null.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Remembers, or replaces what was remembered under the name.</summary>
    public void Set<T>(string name, T value)
    {
        JsonNode? node = JsonSerializer.SerializeToNode(value, Json);
        lock (_gate)
        {
            _facts[name] = node;
            _unwritten.Add(name);
        }
    }

    /// <summary>What is remembered under the name; the default of the type where nothing is.</summary>
    public T? Get<T>(string name)
    {
        lock (_gate)
        {
            return _facts.TryGetValue(name, out JsonNode? node) && node is not null ? node.Deserialize<T>(Json) : default;
        }
    }

    /// <summary>True when something is remembered under the name.</summary>
    public bool Has(string name)
    {
        lock (_gate)
        {
            return _facts.ContainsKey(name);
        }
    }

    /// <summary>Takes over what a journal entry kept.</summary>
    public void Load(JsonObject kept)
    {
        lock (_gate)
        {
            foreach ((string name, JsonNode? value) in kept)
            {
                _facts[name] = value?.DeepClone();
            }
        }
    }

    /// <summary>What was set since the last time this was asked; for the next journal entry. Null when nothing was.</summary>
    public JsonObject? TakeUnwritten()
    {
        lock (_gate)
        {
            if (_unwritten.Count == 0)
            {
                return null;
            }

            JsonObject taken = [];
            foreach (string name in _unwritten.Order(StringComparer.Ordinal))
            {
                taken[name] = _facts[name]?.DeepClone();
            }

            _unwritten.Clear();
            return taken;
        }
    }
}
