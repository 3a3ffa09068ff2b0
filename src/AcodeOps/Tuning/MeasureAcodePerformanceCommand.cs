using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Shell;
using AcodeOps.Tuning;

namespace AcodeOps.Commands;

/// <summary>
/// Measures, for some seconds, this machine, the pods that run Airbyte where the environment names a cluster, and the MySQL or MariaDB
/// servers of the sources: as rates, from the difference of two looks. What was not measured is Unknown and says why; what the
/// figures prove is a finding with its evidence. Changes nothing.
/// </summary>
[Needs(AccessRole.Viewer, Need.ReadSources, Need.ReadStatements, Need.ReadPods, Need.MeasurePods)]
[Cmdlet(VerbsDiagnostic.Measure, "AcodePerformance")]
[OutputType(typeof(PerformanceReport))]
public sealed class MeasureAcodePerformanceCommand : EnvironmentCmdlet
{
    /// <summary>How long is measured, in seconds.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, 86_400)]
    public int DurationSeconds { get; set; } = 10;

    /// <summary>The time between two looks at what goes up and down, such as running threads, in seconds. A partner's server is looked at twice only.</summary>
    [Parameter]
    [Alias("SampleInterval")]
    [ValidateRange(1, 3_600)]
    public int SampleIntervalSeconds { get; set; } = 1;

    /// <summary>How many of the statements that cost the most are told of each source.</summary>
    [Parameter]
    [ValidateRange(0, 1_000)]
    public int Top { get; set; } = 5;

    /// <summary>The time limit for each question to a server, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSeconds { get; set; } = 10;

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        MeasurementRequest request = new()
        {
            Duration = TimeSpan.FromSeconds(DurationSeconds),
            Interval = TimeSpan.FromSeconds(SampleIntervalSeconds),
            Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
            Statements = Top,
        };
        Task<PerformanceReport> measurement = new PerformanceMeter(Installation).MeasureAsync(request, cancel);
        await DurationProgress.ShowAsync(this, request.Duration, measurement);
        WriteObject(await measurement);
    }
}
