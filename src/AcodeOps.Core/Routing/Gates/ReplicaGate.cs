using System.Globalization;
using AcodeOps.Health;

namespace AcodeOps.Routing.Gates;

/// <summary>
/// The replica has applied what it received, and is not further behind than the environment allows. The only condition
/// that an operator can pass over, by consenting to the loss of data.
/// </summary>
internal sealed class ReplicaGate : Gate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc />
    public override string Name => "replica";

    /// <inheritdoc />
    public override bool AppliesTo(GateContext context) => context.IsToReplica;

    /// <inheritdoc />
    public override async Task<FailoverGate> JudgeAsync(GateContext context, CancellationToken cancel)
    {
        IReadOnlyList<ReplicationStatus> channels = await context.ReplicationAsync().ConfigureAwait(false);
        FailoverGate gate = Judge(channels, context);

        // What a dead primary had sent last is being applied: that takes a moment.
        ISource backup = context.Installation.Source(SourceRole.Backup);
        TimeSpan patience = Patience < context.Timeout / 2 ? Patience : context.Timeout / 2;
        long started = context.Installation.Clock.GetTimestamp();
        while (gate.ErrorId == "ReplicaUnapplied" && !gate.IsPassed && context.Installation.Clock.GetElapsedTime(started) < patience)
        {
            await Task.Delay(Pause, context.Installation.Clock, cancel).ConfigureAwait(false);
            gate = Judge(await backup.ReadReplicationAsync(cancel).ConfigureAwait(false), context);
        }

        return gate;
    }

    /// <summary>How far the replica is behind what it knows of, in seconds; null where that is not known.</summary>
    public static double? LagSeconds(IReadOnlyList<ReplicationStatus> channels) => channels.Count == 0 ? null : channels.Max(c => c switch
    {
        { Receiver: ReplicationThread.Running, LagSeconds: { } lag } => (double?)lag,
        { HasAppliedAllReceived: true, Receiver: ReplicationThread.Connecting } => 0,
        _ => double.NaN,
    }) is { } worst && !double.IsNaN(worst) && !channels.Any(IsUntold) ? worst : null;

    private static bool IsUntold(ReplicationStatus c) =>
        !(c is { Receiver: ReplicationThread.Running, LagSeconds: not null } or { HasAppliedAllReceived: true, Receiver: ReplicationThread.Connecting });

    private FailoverGate Judge(IReadOnlyList<ReplicationStatus> channels, GateContext context)
    {
        Objectives objectives = context.Installation.Environment.Objectives;
        Observation seen = ReplicationJudgement.Judge(channels, objectives, context.Installation.Environment.PrimaryIsPartners());
        if (channels.Count == 0 || channels.Any(c => c.Applier != ReplicationThread.Running || c.Receiver is ReplicationThread.Stopped or ReplicationThread.Unknown))
        {
            return Closed(seen.Verdict, seen.ErrorId ?? "ReplicationUnknown", seen.Summary, seen.Remedy);
        }

        if (channels.Any(c => c.Receiver == ReplicationThread.Connecting && c.HasAppliedAllReceived != true))
        {
            return OverLag(context, "ReplicaUnapplied", "The replica has received more than it has applied, and does not say when it will have.", seen,
                "Wait until it has applied everything (Get-AcodeReplication)");
        }

        double? lag = LagSeconds(channels);
        return lag is null
            ? Closed(Verdict.Unknown, "ReplicaLagUnknown", $"How far the replica is behind is not known. {seen.Summary}", seen.Remedy ?? "Look at Get-AcodeReplication.")
            : lag > objectives.LagSeconds
                ? OverLag(context, "ReplicaBehind",
                    string.Create(CultureInfo.InvariantCulture, $"The replica is {lag:0.#} s behind; {objectives.LagSeconds:0.#} s are allowed."), seen, "Wait until it has caught up (Get-AcodeReplication)")
                : Passed(seen.Summary, seen.Verdict);
    }

    private FailoverGate OverLag(GateContext context, string id, string summary, Observation seen, string wait) =>
        Closed(Verdict.Degraded, id, summary, $"{wait}, or consent to losing what it lacks: -AllowDataLoss.") with { IsPassed = context.Request.AllowDataLoss };
}
