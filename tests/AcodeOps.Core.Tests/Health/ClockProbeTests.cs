using AcodeOps.Health;

namespace AcodeOps.Core.Tests.Health;

public sealed class ClockProbeTests
{
    [Theory]
    [InlineData(0, 10, Verdict.Healthy)]
    [InlineData(-4, 10, Verdict.Healthy)]
    [InlineData(3600, 10, Verdict.Degraded)]
    [InlineData(-3600, 10, Verdict.Degraded)]
    [InlineData(4.5, 2000, Verdict.Unknown)]
    [InlineData(5.5, 2000, Verdict.Unknown)]
    [InlineData(6.5, 2000, Verdict.Degraded)]
    public void The_round_trip_is_not_held_against_the_clock(double offsetSeconds, double roundTripMs, Verdict expected)
    {
        DateTimeOffset here = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);
        SourceServer server = new()
        {
            Flavor = SourceFlavor.MySql,
            Version = "9.7",
            AnsweredAt = here,
            ServerTimeAt = here.AddSeconds(-offsetSeconds),
            IsReadOnly = false,
            RoundTripMs = roundTripMs,
        };

        Observation seen = ClockProbe.Judge(server, new Objectives());

        Assert.Equal((expected, offsetSeconds, 5.0), (seen.Verdict, seen.Value!.Value, seen.Threshold!.Value));
        Assert.Equal(expected == Verdict.Healthy, seen.Remedy is null);
    }
}
