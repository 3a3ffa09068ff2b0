using AcodeOps.Health;
using AcodeOps.Health.Probes;

namespace AcodeOps.Core.Tests.Health;

public sealed class PodJudgementTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 3, 0, 0, TimeSpan.Zero);
    private static readonly Pod Ready = new("airbyte-server-1", "Running", true, 0, null, Now.AddDays(-9));

    public static TheoryData<string, Verdict, string?> Cases => new(Table.Select(row => (row.Key, row.Value.Verdict, row.Value.Id)));

    private static Dictionary<string, (Pod[] Pods, Verdict Verdict, string? Id)> Table { get; } = new()
    {
        ["all ready"] = ([Ready, Ready with { Name = "airbyte-worker-1", Restarts = 4 }], Verdict.Healthy, null),
        ["finished sync pods"] = ([Ready, Ready with { Phase = "Succeeded", IsReady = false }], Verdict.Healthy, null),
        ["just started"] = ([Ready, Ready with { Phase = "Pending", IsReady = false, StartedAt = Now.AddMinutes(-1) }], Verdict.Healthy, null),
        ["not ready"] = ([Ready, Ready with { IsReady = false }], Verdict.Degraded, "PodsNotReady"),
        ["not ready, start untold"] = ([Ready, Ready with { Phase = "Pending", IsReady = false, StartedAt = null }], Verdict.Degraded, "PodsNotReady"),
        ["crash loop"] = ([Ready, Ready with { IsReady = false, Reason = "CrashLoopBackOff", Restarts = 12, StartedAt = Now }], Verdict.Failed, "PodsStuck"),
        ["no image"] = ([Ready, Ready with { IsReady = false, Reason = "ImagePullBackOff" }], Verdict.Failed, "PodsStuck"),
        ["failed"] = ([Ready, Ready with { Phase = "Failed", IsReady = false, Reason = "Evicted" }], Verdict.Degraded, "PodsFailed"),
        ["many restarts"] = ([Ready with { Restarts = 5 }], Verdict.Degraded, "PodsRestart"),
        ["node gone"] = ([Ready, Ready with { Phase = "Unknown", IsReady = false }], Verdict.Unknown, "PodsUnknown"),
        ["none"] = ([], Verdict.Unknown, "PodsNotFound"),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_state_has_its_verdict(string name, Verdict verdict, string? id)
    {
        Observation seen = PodJudgement.Judge(new KubernetesDefinition(), Table[name].Pods, Now);
        Assert.Equal((verdict, id), (seen.Verdict, seen.ErrorId));
        Assert.Equal(verdict == Verdict.Healthy, seen.Remedy is null);
    }

    [Fact]
    public void The_remedy_is_a_command_for_the_pod() => Assert.Equal(
        "`kubectl logs -n airbyte w --previous` tells why.",
        PodJudgement.Judge(new KubernetesDefinition(), [new Pod("w", "Running", false, 9, "CrashLoopBackOff", null)], Now).Remedy);
}
