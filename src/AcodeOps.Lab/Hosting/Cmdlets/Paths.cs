using System.Management.Automation;
using IoPath = System.IO.Path;

namespace AcodeOps.Lab.Hosting.Cmdlets;

[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = "Path")]
[OutputType(typeof(bool))]
public sealed class TestPathCommand : ItemCommand
{
    [Parameter]
    [Alias("Type")]
    [ValidateSet("Any", "Container", "Leaf")]
    public string PathType { get; set; } = "Any";

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        bool exists = InvokeProvider.Item.Exists(path[0], Force, Literal);
        bool container = exists && PathType != "Any" && InvokeProvider.Item.IsContainer(path[0]);
        WriteObject(exists && (PathType == "Any" || container == (PathType == "Container")));
    });
}

[Cmdlet(VerbsCommon.Join, "Path")]
[OutputType(typeof(string))]
public sealed class JoinPathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1)]
    [AllowEmptyString]
    public string[] ChildPath { get; set; } = [];

    [Parameter(Position = 2, ValueFromRemainingArguments = true)]
    public string[] AdditionalChildPath { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            WriteObject(ChildPath.Concat(AdditionalChildPath).Aggregate(path, SessionState.Path.Combine));
        }
    }
}

[Cmdlet(VerbsCommon.Split, "Path", DefaultParameterSetName = "Parent")]
[OutputType(typeof(string))]
public sealed class SplitPathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("LiteralPath")]
    public string[] Path { get; set; } = [];

    [Parameter(ParameterSetName = "Parent")]
    public SwitchParameter Parent { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Leaf")]
    public SwitchParameter Leaf { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "LeafBase")]
    public SwitchParameter LeafBase { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Extension")]
    public SwitchParameter Extension { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            string leaf = SessionState.Path.ParseChildName(path);
            WriteObject(ParameterSetName switch
            {
                "Leaf" => leaf,
                "LeafBase" => IoPath.GetFileNameWithoutExtension(leaf),
                "Extension" => IoPath.GetExtension(leaf),
                _ => SessionState.Path.ParseParent(path, ""),
            });
        }
    }
}

[Cmdlet(VerbsDiagnostic.Resolve, "Path", DefaultParameterSetName = "Path")]
[OutputType(typeof(PathInfo), typeof(string))]
public sealed class ResolvePathCommand : ItemCommand
{
    [Parameter]
    public SwitchParameter Relative { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        string given = Literal ? WildcardPattern.Escape(path[0]) : path[0];
        foreach (PathInfo found in SessionState.Path.GetResolvedPSPathFromPSPath(given))
        {
            WriteObject(Relative ? IoPath.Combine(".", IoPath.GetRelativePath(SessionState.Path.CurrentLocation.ProviderPath, found.ProviderPath)) : found);
        }
    });
}

[Cmdlet(VerbsCommon.Get, "Location")]
[OutputType(typeof(PathInfo))]
public sealed class GetLocationCommand : PSCmdlet
{
    protected override void BeginProcessing() => WriteObject(SessionState.Path.CurrentLocation);
}

[Cmdlet(VerbsCommon.Set, "Location")]
public sealed class SetLocationCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("LiteralPath", "PSPath")]
    public string Path { get; set; } = "~";

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        PathInfo location = SessionState.Path.SetLocation(Path);
        if (PassThru)
        {
            WriteObject(location);
        }
    }
}

[Cmdlet(VerbsCommon.Push, "Location")]
public sealed class PushLocationCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    [Alias("LiteralPath")]
    public string? Path { get; set; }

    protected override void BeginProcessing()
    {
        SessionState.Path.PushCurrentLocation("default");
        if (Path is not null)
        {
            SessionState.Path.SetLocation(Path);
        }
    }
}

[Cmdlet(VerbsCommon.Pop, "Location")]
public sealed class PopLocationCommand : PSCmdlet
{
    protected override void BeginProcessing() => SessionState.Path.PopLocation("default");
}
