using System.Globalization;
using AcodeOps.Runbooks;

namespace AcodeOps.Health.Probes;

/// <summary>How long ago a recovery was rehearsed: a standby that nobody has tried is a hope.</summary>
internal sealed class DrillProbe : HealthProbe
{
    private const string Target = "standby";

    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Drill;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.Routes.Count > 1 ? [Target] : [];

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel) =>
        Judge((await ReadAsync(context).ConfigureAwait(false)).Last, context.Environment, context.Now);

    /// <summary>The last rehearsal, read once a round.</summary>
    internal static Task<LastDrillReading> ReadAsync(HealthContext context) => context.OnceAsync(typeof(LastDrillReading), async cancel =>
        new LastDrillReading(await LastDrill.ReadAsync(context.Installation.Storage(StorageRole.Audit), context.Environment.Name, cancel).ConfigureAwait(false)));

    internal static Observation Judge(LastDrill? last, AcodeEnvironment environment, DateTimeOffset now)
    {
        double most = environment.Objectives.DrillDays;
        Observation seen = new(Verdict.Degraded, "No recovery has been rehearsed yet.") { Unit = "d", Threshold = most, Remedy = "Start-AcodeDisasterRecovery -Drill rehearses the first standby." };
        if (last is null)
        {
            return seen;
        }

        double days = (now - last.At).TotalDays;
        seen = seen with
        {
            Value = Math.Max(0, days),
            Evidence = [$"run {last.RunId}: {last.Objects} objects, {last.Rows} rows", string.Create(CultureInfo.InvariantCulture, $"rehearsed time to recover: {(last.RtoSeconds is { } s ? $"{s:0.#} s" : "not known")}")],
        };
        string what = string.Create(CultureInfo.InvariantCulture, $"{last.Route} was rehearsed {(days < 1 ? "within the last day" : $"{days:0} days ago")}");
        return days * 86_400 < -environment.Objectives.ClockOffsetSeconds ? seen with { Verdict = Verdict.Unknown, Value = null, Summary = $"The last drill is of the future, by this machine's clock: {last.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC." }
            : environment.Routes.All(route => route.Name != last.Route) ? seen with { Summary = $"{what}, and is no route of this environment any more." }
            : days > most ? seen with { Summary = string.Create(CultureInfo.InvariantCulture, $"{what}; at most {most:0.#} days are allowed.") }
            : last.IsComplete != true ? seen with { Summary = $"{what}, and whether all rows landed could not be counted." }
            : seen with { Verdict = Verdict.Healthy, Summary = string.Create(CultureInfo.InvariantCulture, $"{what}: {last.Rows:N0} rows landed, complete."), Remedy = null };
    }
}

/// <summary>The last rehearsal; null when there was none.</summary>
internal sealed record LastDrillReading(LastDrill? Last);
