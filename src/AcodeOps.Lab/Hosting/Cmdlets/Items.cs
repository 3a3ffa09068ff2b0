using System.Management.Automation;
using IoPath = System.IO.Path;

namespace AcodeOps.Lab.Hosting.Cmdlets;

/// <summary>Works on items of any provider through the engine's own provider calls.</summary>
public abstract class ItemCommand : PSCmdlet
{
    [Parameter(Position = 0, ParameterSetName = "Path", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[]? Path { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[]? LiteralPath { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected bool Literal => LiteralPath is not null;

    protected string[] Paths => LiteralPath ?? Path ?? ["."];

    protected void ForEachPath(Action<string[]> act)
    {
        foreach (string path in Paths)
        {
            try
            {
                act([path]);
            }
            catch (Exception failure) when (failure is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or IOException or UnauthorizedAccessException)
            {
                ErrorRecord record = failure is IContainsErrorRecord known ? known.ErrorRecord : new ErrorRecord(failure, failure.GetType().Name, ErrorCategory.WriteError, path);
                WriteError(new ErrorRecord(record, failure));
            }
        }
    }
}

[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = "Path")]
public sealed class GetChildItemCommand : ItemCommand
{
    [Parameter(Position = 1)]
    public string? Filter { get; set; }

    [Parameter]
    public string[]? Include { get; set; }

    [Parameter]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public SwitchParameter File { get; set; }

    [Parameter]
    public SwitchParameter Directory { get; set; }

    [Parameter]
    public SwitchParameter Name { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        foreach (PSObject item in InvokeProvider.ChildItem.Get(path, Recurse, uint.MaxValue, Force, Literal).Where(Wanted))
        {
            WriteObject(Name ? item.Properties["PSChildName"].Value : item);
        }
    });

    private bool Wanted(PSObject item)
    {
        string name = $"{item.Properties["PSChildName"]?.Value}";
        IEnumerable<string> patterns = [.. Filter is null ? [] : new[] { Filter }, .. Include ?? []];
        return patterns.All(p => WildcardPattern.Get(p, WildcardOptions.IgnoreCase).IsMatch(name))
            && (!File || item.BaseObject is FileInfo)
            && (!Directory || item.BaseObject is DirectoryInfo);
    }
}

[Cmdlet(VerbsCommon.Get, "Item", DefaultParameterSetName = "Path")]
public sealed class GetItemCommand : ItemCommand
{
    protected override void ProcessRecord() => ForEachPath(path => WriteObject(InvokeProvider.Item.Get(path, Force, Literal), enumerateCollection: true));
}

[Cmdlet(VerbsCommon.Remove, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class RemoveItemCommand : ItemCommand
{
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        if (ShouldProcess(path[0], "Remove Item"))
        {
            InvokeProvider.Item.Remove(path, Recurse, Force, Literal);
        }
    });
}

[Cmdlet(VerbsCommon.New, "Item", SupportsShouldProcess = true)]
public sealed class NewItemCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    public string[] Path { get; set; } = ["."];

    [Parameter]
    public string? Name { get; set; }

    [Parameter]
    [Alias("Type")]
    public string ItemType { get; set; } = "File";

    [Parameter(ValueFromPipeline = true)]
    public object? Value { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string path in Path.Where(p => ShouldProcess(Name is null ? p : IoPath.Combine(p, Name), "Create " + ItemType)))
        {
            WriteObject(InvokeProvider.Item.New([path], Name, ItemType, Value, Force), enumerateCollection: true);
        }
    }
}

/// <summary>Takes an item somewhere else.</summary>
public abstract class TransferItemCommand : ItemCommand
{
    [Parameter(Mandatory = true, Position = 1)]
    public string Destination { get; set; } = "";
}

[Cmdlet(VerbsCommon.Copy, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class CopyItemCommand : TransferItemCommand
{
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        if (ShouldProcess($"Item: {path[0]} Destination: {Destination}", "Copy Item"))
        {
            InvokeProvider.Item.Copy(path, Destination, Recurse, CopyContainers.CopyTargetContainer, Force, Literal);
        }
    });
}

[Cmdlet(VerbsCommon.Move, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class MoveItemCommand : TransferItemCommand
{
    protected override void ProcessRecord() => ForEachPath(path =>
    {
        if (ShouldProcess($"Item: {path[0]} Destination: {Destination}", "Move Item"))
        {
            InvokeProvider.Item.Move(path, Destination, Force, Literal);
        }
    });
}
