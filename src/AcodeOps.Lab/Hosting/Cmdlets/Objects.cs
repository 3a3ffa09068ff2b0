using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Internal;

namespace AcodeOps.Lab.Hosting.Cmdlets;

[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject> _tail = [];
    private readonly List<PSObject> _seen = [];
    private int _read;
    private int _written;

    [Parameter(ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = AutomationNull.Value;

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public string[]? ExcludeProperty { get; set; }

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    public int? First { get; set; }

    [Parameter]
    public int? Last { get; set; }

    [Parameter]
    public int Skip { get; set; }

    [Parameter]
    public int[]? Index { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    protected override void BeginProcessing()
    {
        if (First == 0)
        {
            throw EngineInternals.StopUpstream(this);
        }
    }

    protected override void ProcessRecord()
    {
        if (InputObject is null || InputObject == AutomationNull.Value)
        {
            return;
        }

        int at = _read++;
        if (Last is { } last)
        {
            _tail.Enqueue(InputObject);
            if (_tail.Count > last + Skip)
            {
                _tail.Dequeue();
            }
        }
        else if (at >= Skip && (Index is null || Index.Contains(at)))
        {
            Take(InputObject);
            if (_written == First)
            {
                throw EngineInternals.StopUpstream(this);
            }
        }
    }

    protected override void EndProcessing()
    {
        foreach (PSObject item in _tail.Take(_tail.Count - Skip))
        {
            Take(item);
        }
    }

    private void Take(PSObject item)
    {
        PSObject result = Property is null && ExcludeProperty is null ? item : Shaped(item);
        if (Unique && _seen.Exists(s => Same(s, result)))
        {
            return;
        }

        _seen.Add(result);
        _written++;
        WriteObject(ExpandProperty is null ? result : new CalculatedProperty(ExpandProperty).ValueOf(item), enumerateCollection: ExpandProperty is not null);
    }

    private PSObject Shaped(PSObject item)
    {
        PSObject shaped = new();
        shaped.TypeNames.Insert(0, "Selected." + item.BaseObject.GetType());
        foreach ((string name, object? value) in (Property ?? ["*"]).SelectMany(p => new CalculatedProperty(p).On(item)))
        {
            bool excluded = ExcludeProperty?.Any(e => WildcardPattern.Get(e, WildcardOptions.IgnoreCase).IsMatch(name)) ?? false;
            if (!excluded && shaped.Properties[name] is null)
            {
                shaped.Properties.Add(new PSNoteProperty(name, value));
            }
        }

        return shaped;
    }

    private static bool Same(PSObject left, PSObject right) => left.BaseObject is PSCustomObject && right.BaseObject is PSCustomObject
        ? left.Properties.Select(p => $"{p.Name}={p.Value}").SequenceEqual(right.Properties.Select(p => $"{p.Name}={p.Value}"))
        : LanguagePrimitives.Equals(left, right);
}

[Cmdlet("Sort", "Object")]
public sealed class SortObjectCommand : CollectingCommand
{
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    protected override void EndProcessing()
    {
        var keys = (Property ?? []).Select(p => new CalculatedProperty(p)).ToArray();
        int Order(PSObject left, PSObject right) => keys.Length == 0
            ? Signed(Compare(left, right), null)
            : keys.Select(k => Signed(Compare(k.ValueOf(left), k.ValueOf(right)), k.Descending)).FirstOrDefault(o => o != 0);
        PSObject? previous = null;
        foreach (PSObject item in Items.Order(Comparer<PSObject>.Create(Order)))
        {
            if (!Unique || previous is null || Order(previous, item) != 0)
            {
                WriteObject(item);
            }

            previous = item;
        }
    }

    private int Signed(int order, bool? descending) => descending ?? Descending ? -order : order;
}

[Cmdlet(VerbsData.Group, "Object")]
public sealed class GroupObjectCommand : CollectingCommand
{
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter NoElement { get; set; }

    [Parameter]
    public SwitchParameter AsHashTable { get; set; }

    protected override void EndProcessing()
    {
        var keys = (Property ?? []).Select(p => new CalculatedProperty(p)).ToArray();
        var groups = Items.GroupBy(
            i => string.Join(", ", keys.Length == 0 ? [$"{i}"] : keys.Select(k => $"{k.ValueOf(i)}")), StringComparer.OrdinalIgnoreCase);
        if (AsHashTable)
        {
            Hashtable table = new(StringComparer.OrdinalIgnoreCase);
            foreach (IGrouping<string, PSObject> group in groups)
            {
                table[group.Key] = group.ToArray();
            }

            WriteObject(table);
            return;
        }

        foreach (IGrouping<string, PSObject> group in groups.OrderBy(g => g.Key, StringComparer.OrdinalIgnoreCase))
        {
            PSObject result = new();
            result.Properties.Add(new PSNoteProperty("Count", group.Count()));
            result.Properties.Add(new PSNoteProperty("Name", group.Key));
            if (!NoElement)
            {
                result.Properties.Add(new PSNoteProperty("Group", group.ToArray()));
            }

            WriteObject(result);
        }
    }
}

[Cmdlet(VerbsDiagnostic.Measure, "Object")]
public sealed class MeasureObjectCommand : CollectingCommand
{
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter Sum { get; set; }

    [Parameter]
    public SwitchParameter Average { get; set; }

    [Parameter]
    public SwitchParameter Maximum { get; set; }

    [Parameter]
    public SwitchParameter Minimum { get; set; }

    protected override void EndProcessing()
    {
        foreach (object? property in Property?.Cast<object?>() ?? [null])
        {
            object[] values = [.. Items.Select(i => property is null ? i : new CalculatedProperty(property).ValueOf(i)).OfType<object>()];
            double[] numbers = Sum || Average ? [.. values.Select(v => LanguagePrimitives.ConvertTo<double>(v))] : [];
            object[] sorted = Maximum || Minimum ? [.. values.Order(Comparer<object>.Create(Compare))] : [];
            PSObject result = new();
            result.Properties.Add(new PSNoteProperty("Count", values.Length));
            result.Properties.Add(new PSNoteProperty("Average", Average && numbers.Length > 0 ? numbers.Average() : null));
            result.Properties.Add(new PSNoteProperty("Sum", Sum ? numbers.Sum() : null));
            result.Properties.Add(new PSNoteProperty("Maximum", sorted.LastOrDefault()));
            result.Properties.Add(new PSNoteProperty("Minimum", sorted.FirstOrDefault()));
            result.Properties.Add(new PSNoteProperty("Property", property));
            WriteObject(result);
        }
    }
}
