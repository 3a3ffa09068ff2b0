namespace AcodeOps.Tuning;

/// <summary>Measures Airbyte's pods by the cluster's own metrics, which are of a window that the cluster chooses.</summary>
internal sealed class PodMeter(ICluster cluster, KubernetesDefinition definition, TimeProvider clock) : SectionMeter
{
    private const double Mebi = 1024 * 1024;
    private const double OfLimit = 0.9;

    /// <inheritdoc />
    public override async Task<Measured> MeasureAsync(MeasurementRequest request, CancellationToken cancel)
    {
        DateTimeOffset began = clock.GetUtcNow();
        // At the end, as the sources are: a cluster's window lies behind.
        await Task.Delay(request.Duration, clock, cancel).ConfigureAwait(false);
        IReadOnlyList<Reading> readings;
        try
        {
            AcodeException Late() => new("KubernetesTimedOut", FailureClass.Timeout, $"Kubernetes did not tell what the pods of '{definition.Namespace}' use within {request.Timeout.TotalSeconds:0} s.") { Subject = definition };
            IReadOnlyList<PodUsage> usage = (await Sampling.ReadAsync(clock, request.Timeout, Late, cluster.ReadUsageAsync, cancel).ConfigureAwait(false)).Value;
            readings = usage.Count > 0
                ? [.. usage.OrderBy(u => u.Pod, StringComparer.Ordinal).ThenBy(u => u.Container, StringComparer.Ordinal).SelectMany(Read)]
                : [Reading.Of(definition.Namespace, "Pods", "cores", Figure.Unknown("the cluster has no metrics of any pod there"), (began, clock.GetUtcNow()))];
        }
        catch (AcodeException failure)
        {
            readings = [Reading.Of(definition.Namespace, "Pods", "cores", Figure.Unknown(failure), (began, clock.GetUtcNow()))];
        }

        return Measured.Of(PerformancePart.Pods, definition.Namespace, $"Namespace {definition.Namespace}", readings);
    }

    private static IEnumerable<Reading> Read(PodUsage usage)
    {
        string target = $"{usage.Pod}/{usage.Container}";
        (DateTimeOffset, DateTimeOffset) span = (usage.At - usage.Window, usage.At);
        yield return Reading.Of(target, "Pod processor", "cores", new Figure(usage.Cores, Limit(usage.CoreLimit, "cores")), span, usage.CoreLimit * OfLimit is { } most ? new ReadingLimit(
            "PodProcessorLimit", most, $"Container {target} uses nearly all of the processors that it may.",
            "It is held back at its limit: raise resources.limits.cpu of the container, or let fewer syncs run at once.") : null);
        yield return Reading.Of(target, "Pod memory", "MiB", new Figure(usage.MemoryBytes / Mebi, Limit(usage.MemoryLimitBytes / Mebi, "MiB")), span, usage.MemoryLimitBytes * OfLimit / Mebi is { } bytes ? new ReadingLimit(
            "PodMemoryLimit", bytes, $"Container {target} uses nearly all of the memory that it may.",
            "At its limit it is killed (OOMKilled), and with it the sync: raise resources.limits.memory of the container, or Airbyte's memory for its jobs.") : null);
    }

    private static string Limit(double? limit, string unit) => limit is { } most ? FormattableString.Invariant($"of at most {most:0.##} {unit}") : "no limit is known";
}
