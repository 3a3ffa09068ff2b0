namespace AcodeOps.Tuning;

/// <summary>
/// Measures this machine, Airbyte's pods and the sources at the same time. Nothing that cannot be measured ends it: that is an Unknown
/// reading, and no advice is given on it.
/// </summary>
/// <param name="installation">The installation.</param>
public sealed class PerformanceMeter(IInstallation installation)
{
    /// <summary>Measures, and tells what the figures prove.</summary>
    public async Task<PerformanceReport> MeasureAsync(MeasurementRequest request, CancellationToken cancel)
    {
        DateTimeOffset from = installation.Clock.GetUtcNow();
        Measured[] measured = await Task.WhenAll(Meters().Select(meter => meter.MeasureAsync(request, cancel))).ConfigureAwait(false);
        return new PerformanceReport
        {
            Environment = installation.Environment.Name,
            From = from,
            To = installation.Clock.GetUtcNow(),
            Sections = [.. measured.Select(m => m.Section)],
            Findings = [.. measured.SelectMany(Advise)],
        };
    }

    private IEnumerable<SectionMeter> Meters()
    {
        yield return new MachineMeter(installation.MachineUsage, installation.Machine.ThisProcess.Host, installation.Clock);
        if (installation.Environment.Kubernetes is { } definition && installation.Cluster is { } cluster)
        {
            yield return new PodMeter(cluster, definition, installation.Clock);
        }

        foreach (SourceDefinition source in installation.Environment.Sources.DistinctBy(s => s.Role))
        {
            yield return new SourceMeter(installation.Source(source.Role), installation.Clock);
        }
    }

    private static IEnumerable<Finding> Advise(Measured measured) =>
        measured.Readings.Select(reading => reading.Finding(measured.Who, measured.Owner)).OfType<Finding>().Concat(StatementAdvice.Of(measured.Section, measured.Owner));
}
