using System.Globalization;

namespace AcodeOps.Health;

/// <summary>Is this machine's clock right: held against the sources', half the round trip taken off.</summary>
public sealed class ClockProbe : HealthProbe
{
    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Clock;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.SourceNames().Select(name => $"against {name}");

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel)
    {
        SourceRole role = SourceTargets.RoleOf(target["against ".Length..]);
        await context.SourceAsync(role).ConfigureAwait(false);
        return Judge(await context.ServerAsync(role).ConfigureAwait(false), context.Environment.Objectives);
    }

    /// <summary>The judgement: what the round trip leaves uncertain is not held against the clock.</summary>
    internal static Observation Judge(SourceServer server, Objectives objectives)
    {
        double offset = (server.AnsweredAt - server.ServerTimeAt).TotalSeconds;
        double uncertainty = server.RoundTripMs / 2000;
        double limit = objectives.ClockOffsetSeconds;
        string way = offset > 0 ? "ahead of" : "behind";
        Verdict verdict = Math.Abs(offset) + uncertainty <= limit ? Verdict.Healthy
            : Math.Abs(offset) - uncertainty > limit ? Verdict.Degraded
            : Verdict.Unknown;
        return new Observation(verdict, string.Create(
            CultureInfo.InvariantCulture, $"This machine's clock is {Math.Abs(offset):0.0} s {way} the server's (± {uncertainty:0.0} s)."))
        {
            Value = offset,
            Unit = "s",
            Threshold = limit,
            Cause = verdict == Verdict.Unknown ? FailureClass.Unknown : null,
            Evidence = [$"here {server.AnsweredAt:O}", $"server {server.ServerTimeAt:O}"],
            Remedy = verdict switch
            {
                Verdict.Healthy => null,
                Verdict.Unknown => "The round trip is too long to tell; repeat.",
                _ => "Compare with the other server's line: the clock that differs from both is wrong. Synchronise it (timedatectl, chronyc tracking); ages and leases depend on it.",
            },
        };
    }
}
