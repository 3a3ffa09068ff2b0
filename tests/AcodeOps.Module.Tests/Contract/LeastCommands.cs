using System.Management.Automation;

namespace AcodeOps.Module.Tests.Contract;

/// <summary>Every cmdlet as it is called with only what it must be given. A new cmdlet whose mandatory parameters are not known here fails the tests.</summary>
internal static class LeastCommands
{
    private static readonly Dictionary<string, string> Samples = new()
    {
        ["Column"] = "Data",
        ["Credential"] = "([pscredential]::new('reader', (ConvertTo-SecureString none -AsPlainText -Force)))",
        ["JobId"] = "7",
        ["Kind"] = "Grafana",
        ["OlderThanDays"] = "7",
        ["Prefix"] = "temp/",
        ["Reason"] = "'a test'",
        ["RunId"] = "01KAT5Z3V8Q7M2N4P6R8S0T2W4",
        ["Source"] = "Primary",
        ["Stage"] = "Before",
        ["Table"] = "sales",
    };

    // What takes the objects of another.
    private static readonly Dictionary<string, string> Piped = new()
    {
        ["Export-AcodeReport"] = "Test-AcodeHealth -Component Source -TimeoutSeconds 1 | Export-AcodeReport",
        ["Send-AcodeMetric"] = "Get-AcodeMetric acode.health_check -TimeoutSeconds 1 | Send-AcodeMetric",
    };

    /// <summary>The command of each cmdlet; nobody is asked.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = CmdletContractTests.Cmdlets.Value.ToDictionary(cmdlet => cmdlet.Name, Command);

    private static string Command(CmdletInfo cmdlet)
    {
        string command = Piped.GetValueOrDefault(cmdlet.Name) ?? $"{cmdlet.Name}{string.Concat(Mandatory(cmdlet).Select(name => $" -{name} {Sample(cmdlet, name)}"))}";
        return cmdlet.Parameters.ContainsKey("Confirm") ? command + " -Confirm:$false" : command;
    }

    private static IEnumerable<string> Mandatory(CmdletInfo cmdlet) =>
        (cmdlet.ParameterSets.FirstOrDefault(set => set.IsDefault) ?? cmdlet.ParameterSets[0]).Parameters.Where(parameter => parameter.IsMandatory).Select(parameter => parameter.Name);

    private static string Sample(CmdletInfo cmdlet, string parameter) => Samples.GetValueOrDefault(parameter)
        ?? throw new Xunit.Sdk.XunitException($"{cmdlet.Name} must be given -{parameter}: put a sample for it here.");
}
