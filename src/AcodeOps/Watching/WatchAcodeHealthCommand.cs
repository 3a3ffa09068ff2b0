using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Audit;
using AcodeOps.Shell;
using AcodeOps.Watching;

namespace AcodeOps.Commands;

/// <summary>
/// Watches an installation until it is stopped: a live view in a terminal, plain lines of what changes elsewhere, objects with
/// <c>-PassThru</c>. With <c>-AutoFailover</c> it switches by itself, within the rules of the environment's <c>watch</c> section: never on
/// what is not known, never on a refused password, once until <c>Invoke-AcodeFailover -Acknowledge</c>.
/// </summary>
[Needs(AccessRole.Viewer, Need.ReadSources, Need.ReadReplication, Need.AskAirbyte, Need.NotifyChannels, Need.LookAtStorages, Need.LookAtAudit, Need.ReadLakes, Need.ReadJournals, Need.ReadPods)]
[Needs(AccessRole.Operator, Need.FlyCanary, Need.MoveToQuarantine, Need.WriteAudit, Need.WriteJournals, Need.HoldLease)]
[Cmdlet(VerbsCommon.Watch, "AcodeHealth", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(HealthCheck), typeof(RunbookRun))]
public sealed class WatchAcodeHealthCommand : EnvironmentCmdlet
{
    /// <summary>Switch by itself where the environment's rules let it. Asked about once, at the start.</summary>
    [Parameter]
    public SwitchParameter AutoFailover { get; set; }

    /// <summary>Give out every check of every look, and the runs that the watch makes.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Lines of what changes, also where the terminal could show the live view.</summary>
    [Parameter]
    public SwitchParameter Plain { get; set; }

    /// <summary>The time from one look to the next, in seconds; by default the environment's.</summary>
    [Parameter]
    [ValidateRange(0.2, 3600)]
    public double? ProbeSeconds { get; set; }

    /// <summary>The time limit of each look, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSeconds { get; set; } = 5;

    /// <summary>The time from one round of all other checks to the next, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int HealthSeconds { get; set; } = 60;

    /// <summary>End after so many seconds; without it, the watch goes on until it is stopped.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? DurationSeconds { get; set; }

    private protected override bool IsLive => true;

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        double every = ProbeSeconds ?? Installation.Environment.Watch.ProbeSeconds;
        if (AutoFailover && !ShouldProcess($"Watch environment '{Installation.Environment}' every {every} s and switch by itself ({Installation.Environment.Watch})", "Watch, and switch by itself?", "Automatic failover"))
        {
            return;
        }

        WatchBoard board = new(Installation.Environment, AutoFailover);
        WatchOptions options = new() { ProbeSeconds = every, TimeoutSeconds = TimeoutSeconds, HealthSeconds = HealthSeconds, AutoFailover = AutoFailover };
        DateTimeOffset? end = DurationSeconds is { } seconds ? Installation.Clock.GetUtcNow().AddSeconds(seconds) : null;
        using WatchOutput output = new(this, board, WatchTerminal.Find(this, Plain || (PassThru && MyInvocation.PipelinePosition == MyInvocation.PipelineLength)));
        await foreach (WatchReading reading in new HealthWatch(Installation, options, AuditSession.Origin(SessionState)).RunAsync(cancel))
        {
            output.Show(board.Add(reading));
            if (PassThru)
            {
                WriteObject(reading.Checks, enumerateCollection: true);
                WriteObject(reading.Run is null ? [] : new[] { reading.Run }, enumerateCollection: true);
            }

            if (reading.At >= end)
            {
                return;
            }
        }
    }
}
