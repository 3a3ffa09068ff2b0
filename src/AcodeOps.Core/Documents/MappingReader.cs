namespace AcodeOps.Documents;

/// <summary>
/// Reads one mapping: each key is asked for once, with the kind of its value; what is wrong becomes a finding and reads as
/// null. Keys that nobody asked for are reported when the reading of the mapping ends. What was read of a mapping with
/// errors is never handed out, so its readers need not care for the nulls.
/// </summary>
internal sealed class MappingReader
{
    private readonly Dictionary<string, (ScalarNode Key, DocumentNode Value)> _entries = new(StringComparer.Ordinal);
    private readonly List<string> _asked = [];
    private readonly FindingList _findings;

    private MappingReader(MappingNode node, string path, FindingList findings)
    {
        (Node, Path, _findings) = (node, path, findings);
        foreach ((ScalarNode key, DocumentNode value) in node.Entries)
        {
            if (!_entries.TryAdd(key.Value, (key, value)))
            {
                int first = _entries[key.Value].Key.Line;
                findings.Add(key, DocumentPath.Of(path, key.Value), new("DuplicateKey", $"'{Printable.Of(key.Value)}' is written twice; first in line {first}.")
                {
                    Remedy = "Keep one of them.",
                });
            }
        }
    }

    /// <summary>Where it is in the document.</summary>
    public string Path { get; }

    /// <summary>The file that it is in.</summary>
    public string File => _findings.File;

    /// <summary>The node itself.</summary>
    public MappingNode Node { get; }

    /// <summary>The keys that are written.</summary>
    public IReadOnlyCollection<string> Keys => _entries.Keys;

    /// <summary>True when the key is written and has a value.</summary>
    public bool Has(string key) => _entries.TryGetValue(key, out (ScalarNode, DocumentNode Value) entry) && !DocumentPath.IsNull(entry.Value);

    /// <summary>Reads a node as a mapping, whole.</summary>
    public static T? Read<T>(DocumentNode node, string path, FindingList findings, Func<MappingReader, T> read) where T : class
    {
        if (node is not MappingNode mapping)
        {
            findings.Add(node, path, WrongType("a mapping of keys and values", node));
            return null;
        }

        MappingReader reader = new(mapping, path, findings);
        T result = read(reader);
        reader.ReportUnknownKeys();
        return result;
    }

    /// <summary>A value that may be left out.</summary>
    public T? Optional<T>(string key, ValueKind<T> kind) => Find(key) is { } value ? ReadScalar(value, DocumentPath.Of(Path, key), kind) : default;

    /// <summary>A value that must be there.</summary>
    public T Required<T>(string key, ValueKind<T> kind)
    {
        ReportMissing(key, kind.Expected);
        return Optional(key, kind)!;
    }

    /// <summary>A mapping that may be left out.</summary>
    public T? Section<T>(string key, Func<MappingReader, T> read) where T : class =>
        Find(key) is { } value ? Read(value, DocumentPath.Of(Path, key), _findings, read) : null;

    /// <summary>A mapping that must be there.</summary>
    public T RequiredSection<T>(string key, Func<MappingReader, T> read) where T : class
    {
        ReportMissing(key, "a mapping of keys and values");
        return Section(key, read)!;
    }

    /// <summary>A list of mappings that must be there and hold one at least.</summary>
    public IReadOnlyList<T> RequiredItems<T>(string key, Func<MappingReader, T> read) where T : class
    {
        ReportMissing(key, "a list with one item at least");
        return [.. Items(key).Select(item => Read(item.Node, item.Path, _findings, read)).OfType<T>()];
    }

    /// <summary>A list of values; empty where it is left out.</summary>
    public IReadOnlyList<T> Values<T>(string key, ValueKind<T> kind) where T : class =>
        [.. Items(key).Select(item => ReadScalar(item.Node, item.Path, kind)).OfType<T>()];

    /// <summary>The single value behind a key, for what needs more than a kind; null where there is none.</summary>
    public ScalarNode? Scalar(string key) => Optional(key, new ValueKind<ScalarNode>("text", node => node));

    /// <summary>A mapping that may be left out, as it is: its keys are somebody else's.</summary>
    public MappingNode? Mapping(string key)
    {
        DocumentNode? value = Find(key);
        if (value is not null and not MappingNode)
        {
            _findings.Add(value, DocumentPath.Of(Path, key), WrongType("a mapping of keys and values", value));
        }

        return value as MappingNode;
    }

    /// <summary>Whatever stands there, for what is read elsewhere or not at all; null where nothing does.</summary>
    public DocumentNode? Anything(string key) => Find(key);

    /// <summary>Reports something about the value of a key; about the mapping itself where the key is not written.</summary>
    public void Complain(string key, Complaint complaint) =>
        _findings.Add(_entries.TryGetValue(key, out (ScalarNode, DocumentNode Value) entry) ? entry.Value : Node, DocumentPath.Of(Path, key), complaint);

    /// <summary>Reports something about a key; about the mapping itself where the key is not written.</summary>
    public void ComplainAtKey(string key, Complaint complaint) =>
        _findings.Add(_entries.TryGetValue(key, out (ScalarNode Key, DocumentNode) entry) ? entry.Key : Node, DocumentPath.Of(Path, key), complaint);

    /// <summary>Reports a key that is needed and not there.</summary>
    public void ReportMissing(string key, string expected)
    {
        if (Find(key) is null)
        {
            string message = _entries.ContainsKey(key) ? $"'{Printable.Of(key)}' has no value." : $"'{key}' is missing{(Path.Length == 0 ? "" : $" in {Printable.Of(Path)}")}.";
            ComplainAtKey(key, new("MissingKey", message) { Remedy = $"Add {Printable.Of(key)}: {expected}." });
        }
    }

    private DocumentNode? Find(string key)
    {
        if (!_asked.Contains(key))
        {
            _asked.Add(key);
        }

        return Has(key) ? _entries[key].Value : null;
    }

    private IEnumerable<(DocumentNode Node, string Path)> Items(string key)
    {
        string path = DocumentPath.Of(Path, key);
        switch (Find(key))
        {
            case null:
                return [];
            case SequenceNode { Items.Count: > 0 } sequence:
                return sequence.Items.Select((item, i) => (item, DocumentPath.Of(path, i)));
            case SequenceNode empty:
                _findings.Add(empty, path, new("MissingKey", $"'{key}' is an empty list.") { Remedy = "Add an item, or leave out the key." });
                return [];
            case DocumentNode other:
                _findings.Add(other, path, WrongType("a list", other));
                return [];
        }
    }

    private T? ReadScalar<T>(DocumentNode node, string path, ValueKind<T> kind)
    {
        if (node is not ScalarNode scalar)
        {
            _findings.Add(node, path, WrongType(kind.Expected, node));
            return default;
        }

        if (kind.TryRead(scalar) is { } value)
        {
            return value;
        }

        string? proposed = kind.Propose(scalar.Value);
        _findings.Add(scalar, path, new(kind.Rule, $"'{Printable.Of(path)}' must be {kind.Expected}.")
        {
            Current = SecretScan.LooksSecret(scalar.Value) ? null : scalar.Value,
            Proposed = proposed,
            Remedy = proposed is null ? kind.Remedy : $"Write {proposed}.",
        });
        return default;
    }

    private void ReportUnknownKeys()
    {
        foreach ((ScalarNode key, DocumentNode value) in _entries.Values.Where(e => !_asked.Contains(e.Key.Value)))
        {
            if (SecretScan.IsSecret(key.Value, value) || (Path.Length == 0 && DocumentPath.IsExtension(key.Value)))
            {
                continue;
            }

            string known = string.Join(", ", _asked);
            string? nearest = Spelling.Nearest(key.Value, _asked.Where(k => !_entries.ContainsKey(k)));
            _findings.Add(key, DocumentPath.Of(Path, key.Value), new("UnknownKey", $"'{Printable.Of(key.Value)}' is not a key that is known here.", _findings.UnknownKeys)
            {
                Current = key.Value,
                Proposed = nearest,
                Evidence = $"Known here: {known}.",
                Remedy = nearest is null ? $"Remove it, or write one of {known}." : $"Write '{nearest}'.",
            });
        }
    }

    private static Complaint WrongType(string expected, DocumentNode found) => new("WrongType", $"Here must be {expected}, and is {NameOf(found)}.");

    private static string NameOf(DocumentNode node) => node switch
    {
        MappingNode => "a mapping",
        SequenceNode => "a list",
        _ => "a single value",
    };
}
