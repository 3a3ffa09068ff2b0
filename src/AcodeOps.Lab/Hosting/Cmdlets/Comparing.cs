using System.Management.Automation;

namespace AcodeOps.Lab.Hosting.Cmdlets;

[Cmdlet(VerbsData.Compare, "Object")]
public sealed class CompareObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _differences = [];

    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyCollection]
    public PSObject[] ReferenceObject { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public PSObject[] DifferenceObject { get; set; } = [];

    [Parameter]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    protected override void ProcessRecord() => _differences.AddRange(DifferenceObject);

    protected override void EndProcessing()
    {
        List<PSObject> remaining = [.. _differences];
        foreach (PSObject reference in ReferenceObject)
        {
            int match = remaining.FindIndex(d => string.Equals(Key(d), Key(reference), StringComparison.OrdinalIgnoreCase));
            if (match < 0)
            {
                Write(reference, "<=");
                continue;
            }

            remaining.RemoveAt(match);
            if (IncludeEqual)
            {
                Write(reference, "==");
            }
        }

        remaining.ForEach(d => Write(d, "=>"));
    }

    private string Key(PSObject item) => Property is null ? $"{item}" : string.Join('\0', Property.Select(p => $"{new CalculatedProperty(p).ValueOf(item)}"));

    private void Write(PSObject item, string side)
    {
        PSObject result = new();
        if (Property is null)
        {
            result.Properties.Add(new PSNoteProperty("InputObject", item));
        }

        foreach ((string name, object? value) in (Property ?? []).SelectMany(p => new CalculatedProperty(p).On(item)))
        {
            result.Properties.Add(new PSNoteProperty(name, value));
        }

        result.Properties.Add(new PSNoteProperty("SideIndicator", side));
        WriteObject(result);
    }
}

[Cmdlet("Tee", "Object")]
public sealed class TeeObjectCommand : CollectingCommand
{
    [Parameter(Mandatory = true)]
    public string Variable { get; set; } = "";

    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        WriteObject(InputObject);
    }

    protected override void EndProcessing() => SessionState.PSVariable.Set(Variable, Items.Count == 1 ? Items[0] : Items.ToArray());
}
