using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Health;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Checks the health of an installation: every part at once, each result as it comes. With <c>-Quiet</c> the answer is
/// one Boolean: true only when everything is healthy.
/// </summary>
[Needs(AccessRole.Viewer, Need.ReadSources, Need.ReadReplication, Need.AskAirbyte, Need.NotifyChannels, Need.LookAtStorages, Need.LookAtAudit, Need.ReadLakes, Need.ReadJournals, Need.ReadPods)]
[Needs(AccessRole.Operator, Need.FlyCanary)]
[Cmdlet(VerbsDiagnostic.Test, "AcodeHealth")]
[OutputType(typeof(HealthCheck), typeof(bool))]
public sealed class TestAcodeHealthCommand : EnvironmentCmdlet
{
    /// <summary>The parts to look at; all of them without it.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public HealthComponent[]? Component { get; set; }

    /// <summary>The time limit of the whole round, in seconds: no check takes longer.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSeconds { get; set; } = 5;

    /// <summary>Answer true or false only. Degraded and Unknown are false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        IEnumerable<HealthProbe> probes = HealthCatalog.All.Where(probe => Component is null || Component.Contains(probe.Component));
        bool sawAny = false;
        bool isHealthy = true;
        await foreach (HealthCheck check in HealthRunner.RunAsync(Installation, probes, TimeSpan.FromSeconds(TimeoutSeconds), cancel))
        {
            sawAny = true;
            isHealthy &= check.Verdict == Verdict.Healthy;
            if (!Quiet)
            {
                WriteObject(check);
            }
        }

        if (Quiet)
        {
            WriteObject(sawAny && isHealthy);
        }
    }
}
