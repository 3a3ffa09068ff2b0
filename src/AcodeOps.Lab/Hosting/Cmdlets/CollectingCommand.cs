using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;

namespace AcodeOps.Lab.Hosting.Cmdlets;

/// <summary>Reads its whole input before it answers.</summary>
public abstract class CollectingCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = AutomationNull.Value;

    protected IList<PSObject> Items { get; } = [];

    /// <summary>Orders as PowerShell's operators do; what they cannot compare is compared as text.</summary>
    protected static int Compare(object? left, object? right)
    {
        try
        {
            return LanguagePrimitives.Compare(left, right, ignoreCase: true, CultureInfo.CurrentCulture);
        }
        catch (ArgumentException)
        {
            return string.Compare($"{left}", $"{right}", StringComparison.OrdinalIgnoreCase);
        }
    }

    protected override void ProcessRecord()
    {
        if (InputObject is not null && InputObject != AutomationNull.Value)
        {
            Items.Add(InputObject);
        }
    }
}
