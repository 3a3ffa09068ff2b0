using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AcodeOps.Lab.Hosting.Cmdlets;

[Cmdlet(VerbsData.ConvertTo, "Json")]
[OutputType(typeof(string))]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly List<object?> _items = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    [Parameter]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Compress { get; set; }

    [Parameter]
    public SwitchParameter EnumsAsStrings { get; set; }

    [Parameter]
    public SwitchParameter AsArray { get; set; }

    protected override void ProcessRecord() => _items.Add(InputObject);

    protected override void EndProcessing()
    {
        object? all = _items.Count == 1 && !AsArray ? _items[0] : _items;
        JsonNode? node = Node(all, all == (object)_items ? -1 : 0);
        WriteObject(node?.ToJsonString(Compress ? OneLine : Indented) ?? "null");
    }

    private JsonNode? Node(object? value, int depth)
    {
        object? plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            null => null,
            string or char or Guid or Uri or TimeSpan or Version => JsonValue.Create($"{plain}"),
            bool truth => JsonValue.Create(truth),
            DateTime time => JsonValue.Create(time.ToString("o", CultureInfo.InvariantCulture)),
            DateTimeOffset time => JsonValue.Create(time.ToString("o", CultureInfo.InvariantCulture)),
            Enum name when EnumsAsStrings => JsonValue.Create(name.ToString()),
            Enum number => JsonValue.Create(Convert.ToInt64(number, CultureInfo.InvariantCulture)),
            SwitchParameter given => JsonValue.Create(given.IsPresent),
            _ when plain.GetType().IsPrimitive || plain is decimal => JsonSerializer.SerializeToNode(plain),
            _ when depth > Depth => JsonValue.Create($"{plain}"),
            IDictionary table => new JsonObject(table.Keys.Cast<object>().Select(k => KeyValuePair.Create($"{k}", Node(table[k], depth + 1)))),
            IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(i => Node(i, depth + 1))]),
            _ => new JsonObject(PSObject.AsPSObject(value!).Properties.Select(p => KeyValuePair.Create(p.Name, Node(p.Value, depth + 1)))),
        };
    }
}

[Cmdlet(VerbsData.ConvertFrom, "Json")]
public sealed class ConvertFromJsonCommand : PSCmdlet
{
    private readonly List<string> _lines = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = "";

    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    [Parameter]
    public int Depth { get; set; } = 1024;

    protected override void ProcessRecord() => _lines.Add(InputObject);

    protected override void EndProcessing()
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                string.Join('\n', _lines), new JsonDocumentOptions { MaxDepth = Depth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            WriteObject(Value(document.RootElement), enumerateCollection: !NoEnumerate);
        }
        catch (JsonException wrong)
        {
            ArgumentException failure = new($"Conversion from JSON failed with error: {wrong.Message}", wrong);
            ThrowTerminatingError(new ErrorRecord(failure, "System.ArgumentException", ErrorCategory.InvalidArgument, null));
        }
    }

    private object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => AsHashtable ? Table(element) : Object(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.String => Text(element.GetString()!),
        JsonValueKind.Number => element.TryGetInt64(out long whole) ? whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private PSObject Object(JsonElement element)
    {
        PSObject made = new();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            made.Properties.Add(new PSNoteProperty(property.Name, Value(property.Value)));
        }

        return made;
    }

    private Hashtable Table(JsonElement element)
    {
        Hashtable made = [];
        foreach (JsonProperty property in element.EnumerateObject())
        {
            made[property.Name] = Value(property.Value);
        }

        return made;
    }

    /// <summary>As in PowerShell 7, text that is an ISO 8601 time becomes a time.</summary>
    private static object Text(string text) =>
        text.Length >= 19 && text[10] == 'T' && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime time) ? time : text;
}
