using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AcodeOps.Lab.Hosting.Cmdlets;

/// <summary>Takes files by wildcard (Path) or exactly (LiteralPath).</summary>
public abstract class FileCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path", ValueFromPipeline = true)]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FilePath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The full paths of existing files; one that is missing is an error of its own.</summary>
    protected IEnumerable<string> ExistingFiles()
    {
        foreach (string path in LiteralPath.Concat(Path))
        {
            bool exact = ParameterSetName == "LiteralPath" || !WildcardPattern.ContainsWildcardCharacters(path);
            Collection<string> found = exact ? [GetUnresolvedProviderPathFromPSPath(path)] : GetResolvedProviderPathFromPSPath(path, out _);
            foreach (string file in found)
            {
                if (File.Exists(file))
                {
                    yield return file;
                    continue;
                }

                ItemNotFoundException missing = new($"Cannot find path '{file}' because it does not exist.");
                WriteError(new ErrorRecord(missing, "PathNotFound", ErrorCategory.ObjectNotFound, file));
            }
        }
    }

    protected IEnumerable<string> NewFiles() => LiteralPath.Concat(Path).Select(GetUnresolvedProviderPathFromPSPath);
}

[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = "Path")]
[OutputType(typeof(string))]
public sealed class GetContentCommand : FileCommand
{
    [Parameter]
    public SwitchParameter Raw { get; set; }

    [Parameter]
    [Alias("First", "Head")]
    public int? TotalCount { get; set; }

    [Parameter]
    [Alias("Last")]
    public int? Tail { get; set; }

    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string file in ExistingFiles())
        {
            if (AsByteStream)
            {
                WriteObject(File.ReadAllBytes(file), enumerateCollection: !Raw);
            }
            else if (Raw)
            {
                WriteObject(File.ReadAllText(file));
            }
            else
            {
                IEnumerable<string> lines = File.ReadLines(file);
                lines = TotalCount is { } first ? lines.Take(first) : lines;
                WriteObject(Tail is { } last ? lines.TakeLast(last) : lines, enumerateCollection: true);
            }
        }
    }
}

/// <summary>Writes the values it gets to files, each on a line of its own.</summary>
public abstract class WriteFileCommand : FileCommand
{
    private readonly List<string> _values = [];

    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object?[] Value { get; set; } = [];

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    [Parameter]
    public object? Encoding { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected abstract bool Appends { get; }

    protected override void ProcessRecord() => _values.AddRange(Value.Select(v => $"{v}"));

    protected override void EndProcessing()
    {
        foreach (string file in NewFiles().Where(f => ShouldProcess(f, MyInvocation.MyCommand.Name)))
        {
            using StreamWriter writer = new(file, Appends);
            foreach (string value in _values)
            {
                writer.Write(value);
                writer.Write(NoNewline ? "" : Environment.NewLine);
            }
        }
    }
}

[Cmdlet(VerbsCommon.Set, "Content", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class SetContentCommand : WriteFileCommand
{
    protected override bool Appends => false;
}

[Cmdlet(VerbsCommon.Add, "Content", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class AddContentCommand : WriteFileCommand
{
    protected override bool Appends => true;
}

[Cmdlet(VerbsData.Out, "File", SupportsShouldProcess = true)]
public sealed class OutFileCommand : CollectingCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Path", "LiteralPath", "PSPath")]
    public string FilePath { get; set; } = "";

    [Parameter]
    public SwitchParameter Append { get; set; }

    [Parameter]
    public int Width { get; set; } = 120;

    [Parameter]
    public object? Encoding { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void EndProcessing()
    {
        string file = GetUnresolvedProviderPathFromPSPath(FilePath);
        if (ShouldProcess(file, "Out-File"))
        {
            Collection<PSObject> text = InvokeCommand.InvokeScript("param($items, $width) $items | Out-String -Width $width", Items, Width);
            using StreamWriter writer = new(file, Append);
            writer.Write(string.Concat(text));
        }
    }
}

[Cmdlet(VerbsData.Import, "PowerShellDataFile", DefaultParameterSetName = "Path")]
[OutputType(typeof(System.Collections.Hashtable))]
public sealed class ImportPowerShellDataFileCommand : FileCommand
{
    protected override void ProcessRecord()
    {
        foreach (string file in ExistingFiles())
        {
            ScriptBlockAst script = Parser.ParseFile(file, out _, out ParseError[] errors);
            if (errors.Length == 0 && script.Find(a => a is HashtableAst, searchNestedScriptBlocks: false) is HashtableAst table)
            {
                WriteObject(table.SafeGetValue());
                continue;
            }

            InvalidOperationException wrong = new($"The file '{file}' could not be loaded as a PowerShell data file. {errors.FirstOrDefault()?.Message}");
            WriteError(new ErrorRecord(wrong, "CouldNotParseAsPowerShellDataFile", ErrorCategory.InvalidData, file));
        }
    }
}
