using AcodeOps.Runbooks;
using AcodeOps.Tuning;

namespace AcodeOps.Maintenance.Steps;

/// <summary>Measures how this machine, Airbyte's pods and the sources perform, as Measure-AcodePerformance does.</summary>
internal sealed class MeasurePerformanceStep(MaintenancePlan plan) : MaintenanceStep(plan)
{
    /// <inheritdoc />
    public override MaintenanceTask Task => MaintenanceTask.Performance;

    /// <inheritdoc />
    public override string Name => "measure_performance";

    /// <inheritdoc />
    public override string Title => "Measure performance";

    /// <inheritdoc />
    protected override async Task<MaintenanceOutcome> WorkAsync(StepContext context, CancellationToken cancel)
    {
        MeasurementRequest request = new() { Duration = TimeSpan.FromSeconds(Plan.MeasureSeconds) };
        PerformanceReport report = await new PerformanceMeter(context.Installation).MeasureAsync(request, cancel).ConfigureAwait(false);
        PerformanceReading[] readings = [.. report.Sections.SelectMany(section => section.Readings)];
        int unknown = readings.Count(reading => reading.Value is null);

        // One figure that a server does not tell is usual; a part of which nothing is known was not measured.
        string[] dark = [.. report.Sections.Where(section => section.Readings.All(reading => reading.Value is null)).Select(section => section.Target)];
        return new MaintenanceOutcome
        {
            Task = Task,
            Verdict = Worst(VerdictOf(report.Findings), dark.Length > 0 ? Verdict.Unknown : Verdict.Healthy),
            Summary = dark.Length > 0 ? $"Nothing could be measured of {string.Join(", ", dark)}."
                : $"Findings: {report.Findings.Count}, by {readings.Length - unknown} figures of {Plan.MeasureSeconds} s; {unknown} could not be measured.",
            Findings = report.Findings,
            Evidence = [.. readings.Where(reading => reading.Value is null).Select(reading => $"{reading}").Distinct().Take(10)],
        };
    }
}
