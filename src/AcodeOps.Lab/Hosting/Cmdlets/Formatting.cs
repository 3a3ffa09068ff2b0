using System.Management.Automation;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace AcodeOps.Lab.Hosting.Cmdlets;

/// <summary>
/// The formatting engine is in System.Management.Automation; only the front ends are missing. They are joined to it through its internals, so this
/// is tied to the pinned version of that package.
/// </summary>
internal static class FormattingEngine
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private static readonly Assembly Engine = typeof(PSObject).Assembly;

    public static void AttachShape(FrontEndCommandBase command, string shape) =>
        Attach(command, Make("InnerFormatShapeCommand", Enum.Parse(Type("FormatShape"), shape)));

    public static void AttachWriter(FrontEndCommandBase command, TextWriter writer, int width)
    {
        object manager = Make("OutputManagerInner");
        manager.GetType().GetProperty("LineOutput", Any)!.SetValue(manager, Make("TextWriterLineOutput", writer, width));
        Attach(command, manager);
    }

    private static void Attach(FrontEndCommandBase command, object implementation) =>
        typeof(FrontEndCommandBase).GetField("implementation", Any)!.SetValue(command, implementation);

    private static object Make(string type, params object[] arguments) => Activator.CreateInstance(Type(type), Any, null, arguments, null)!;

    private static Type Type(string name) => Engine.GetType("Microsoft.PowerShell.Commands.Internal.Format." + name, throwOnError: true)!;
}

[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    public FormatTableCommand() => FormattingEngine.AttachShape(this, "Table");
}

[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    public FormatListCommand() => FormattingEngine.AttachShape(this, "List");
}

[Cmdlet(VerbsData.Out, "String")]
[OutputType(typeof(string))]
public sealed class OutStringCommand : FrontEndCommandBase
{
    private readonly StringWriter _text = new() { NewLine = Environment.NewLine };

    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = 120;

    [Parameter]
    public SwitchParameter Stream { get; set; }

    protected override void BeginProcessing()
    {
        FormattingEngine.AttachWriter(this, _text, Width);
        base.BeginProcessing();
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        string text = _text.ToString();
        if (!Stream)
        {
            WriteObject(text);
            return;
        }

        string[] lines = text.Split(Environment.NewLine);
        WriteObject(text.EndsWith(Environment.NewLine, StringComparison.Ordinal) ? lines[..^1] : lines, enumerateCollection: true);
    }

    protected override void InternalDispose()
    {
        _text.Dispose();
        base.InternalDispose();
    }
}
