using System.Management.Automation;

namespace AcodeOps.Lab.Hosting.Cmdlets;

/// <summary>Variables are those of the caller's scope, or of the global one.</summary>
public abstract class VariableCommand : PSCmdlet
{
    [Parameter]
    public string? Scope { get; set; }

    protected string Scoped(string name) => Scope is null || int.TryParse(Scope, out _) ? name : $"{Scope}:{name}";
}

[Cmdlet(VerbsCommon.Get, "Variable")]
[OutputType(typeof(PSVariable))]
public sealed class GetVariableCommand : VariableCommand
{
    [Parameter(Position = 0)]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    public SwitchParameter ValueOnly { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteObject(InvokeProvider.Item.Get("variable:" + name), enumerateCollection: true);
            }
            else if (SessionState.PSVariable.Get(Scoped(name)) is { } variable)
            {
                WriteObject(ValueOnly ? variable.Value : variable);
            }
            else
            {
                ItemNotFoundException missing = new($"Cannot find a variable with the name '{name}'.");
                WriteError(new ErrorRecord(missing, "VariableNotFound", ErrorCategory.ObjectNotFound, name));
            }
        }
    }
}

[Cmdlet(VerbsCommon.Set, "Variable")]
public class SetVariableCommand : VariableCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public string[] Name { get; set; } = [];

    [Parameter(Position = 1, ValueFromPipeline = true)]
    public object? Value { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            SessionState.PSVariable.Set(Scoped(name), Value);
            if (PassThru)
            {
                WriteObject(SessionState.PSVariable.Get(Scoped(name)));
            }
        }
    }
}

[Cmdlet(VerbsCommon.New, "Variable")]
public sealed class NewVariableCommand : SetVariableCommand;

[Cmdlet(VerbsCommon.Remove, "Variable")]
public sealed class RemoveVariableCommand : VariableCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public string[] Name { get; set; } = [];

    protected override void ProcessRecord() => Array.ForEach(Name, n => SessionState.PSVariable.Remove(Scoped(n)));
}
