using AcodeOps.Recovery;

namespace AcodeOps.Core.Tests.Recovery;

/// <summary>Several looks drawn together: every sequence of three and of five has one verdict, by counting.</summary>
public sealed class ProbeVoteTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("HHH", 2, Verdict.Healthy)]
    [InlineData("FHH", 2, Verdict.Degraded)]
    [InlineData("HHF", 2, Verdict.Degraded)]
    [InlineData("FFH", 2, Verdict.Failed)]
    [InlineData("FHF", 2, Verdict.Failed)]
    [InlineData("FFF", 2, Verdict.Failed)]
    [InlineData("FHU", 2, Verdict.Unknown)]
    [InlineData("UUU", 2, Verdict.Unknown)]
    [InlineData("UUF", 2, Verdict.Unknown)]
    [InlineData("UHH", 2, Verdict.Degraded)]
    [InlineData("DDD", 2, Verdict.Degraded)]
    [InlineData("FFH", 3, Verdict.Degraded)]
    [InlineData("F", 1, Verdict.Failed)]
    public void So_many_must_have_failed(string looks, int needed, Verdict expected) =>
        Assert.Equal(expected, ProbeVote.Count(RecoveryPart.PrimarySource, Looks(looks), needed).Verdict);

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Unknown_never_becomes_failed_and_failed_never_becomes_healthy(int length)
    {
        foreach (string looks in Words(length))
        {
            for (int needed = 1; needed <= length; needed++)
            {
                PartAssessment part = ProbeVote.Count(RecoveryPart.PrimarySource, Looks(looks), needed);
                int failed = looks.Count(look => look == 'F');
                int usable = looks.Count(look => look is 'H' or 'D');
                Assert.Equal(failed >= needed, part.Verdict == Verdict.Failed);
                Assert.Equal(looks.All(look => look == 'H'), part.Verdict == Verdict.Healthy);
                Assert.True(part.Verdict is not (Verdict.Healthy or Verdict.Degraded) || usable >= length - needed + 1, $"{looks}, {needed}: {part}");
                Assert.Equal((failed, length), (part.FailedProbes, part.Probes));
                Assert.Equal(failed > 0 ? Noon.AddSeconds(looks.IndexOf('F', StringComparison.Ordinal)) : null, part.FailedSince);
            }
        }
    }

    [Fact]
    public void What_did_not_fail_by_an_outage_is_no_outage()
    {
        HealthCheck gone = Looks("F")[0] with { Cause = FailureClass.NotFound };

        PartAssessment part = ProbeVote.Count(RecoveryPart.PrimaryStorage, [gone, gone, gone], 2);

        Assert.Equal((Verdict.Failed, false), (part.Verdict, part.IsOutage));
        Assert.True(ProbeVote.Count(RecoveryPart.PrimaryStorage, Looks("FFF"), 2).IsOutage);
    }

    private static HealthCheck[] Looks(string looks) =>
    [
        .. looks.Select((look, second) => new HealthCheck
        {
            Component = HealthComponent.Source,
            Target = "primary",
            Verdict = look switch { 'H' => Verdict.Healthy, 'D' => Verdict.Degraded, 'F' => Verdict.Failed, _ => Verdict.Unknown },
            Cause = look switch { 'F' => FailureClass.ConnectionRefused, 'U' => FailureClass.Authentication, _ => null },
            Summary = $"{look}",
            LatencyMs = 1,
            CheckedAt = Noon.AddSeconds(second),
        }),
    ];

    private static IEnumerable<string> Words(int length) => length == 0 ? [""] : Words(length - 1).SelectMany(word => "HDFU".Select(letter => word + letter));
}
