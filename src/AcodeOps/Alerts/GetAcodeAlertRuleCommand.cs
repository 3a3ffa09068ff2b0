using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Alerts;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Shows the alert rules as they stand for an environment: what each means and what to do then, its threshold from what the environment
/// promises, and its query for Datadog and for Prometheus. Asks nobody.
/// </summary>
[Needs(AccessRole.Everyone)]
[Cmdlet(VerbsCommon.Get, "AcodeAlertRule")]
[OutputType(typeof(AlertRule))]
public sealed class GetAcodeAlertRuleCommand : EnvironmentCmdlet
{
    /// <summary>The rules, by name; wildcards are allowed. All that the environment has anything for without it.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(AlertRuleCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <inheritdoc />
    protected override Task ProcessAsync(CancellationToken cancel)
    {
        NamedRules named = NamedRules.Of(Installation.Environment, Id);
        WriteObject(named.Rules, enumerateCollection: true);
        foreach (AcodeException failure in named.Failures)
        {
            WriteFailure(failure);
        }

        return Task.CompletedTask;
    }
}
