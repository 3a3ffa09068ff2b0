using System.Management.Automation;
using AcodeOps.Alerts;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>A cmdlet that takes alert rules, and without any in the pipeline all that the environment has.</summary>
public abstract class AlertRuleCmdlet : EnvironmentCmdlet
{
    private readonly List<AlertRule> _rules = [];

    /// <summary>The rules, of Get-AcodeAlertRule; without any in the pipeline all that the environment has.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public AlertRule? Rule { get; set; }

    /// <summary>The rules that are meant, once the pipeline has ended.</summary>
    private protected IReadOnlyList<AlertRule> Rules => MyInvocation.ExpectingInput ? _rules : AlertCatalog.For(Installation.Environment);

    /// <inheritdoc />
    protected override Task ProcessAsync(CancellationToken cancel)
    {
        if (Rule is not null)
        {
            _rules.Add(Rule);
        }

        return Task.CompletedTask;
    }
}
