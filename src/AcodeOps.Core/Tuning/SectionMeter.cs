namespace AcodeOps.Tuning;

/// <summary>A section as it was measured, with the limits of its readings.</summary>
/// <param name="Section">The section.</param>
/// <param name="Readings">Its readings and their limits.</param>
/// <param name="Who">Who it is about, in words.</param>
/// <param name="Owner">A word on whose it is; null where it is our own.</param>
internal sealed record Measured(PerformanceSection Section, IReadOnlyList<Reading> Readings, string Who, string? Owner = null)
{
    /// <summary>A section of these readings.</summary>
    public static Measured Of(PerformancePart part, string target, string who, IReadOnlyList<Reading> readings) => new(
        new PerformanceSection { Part = part, Target = target, Readings = [.. readings.Select(r => r.Told)] }, readings, who);
}

/// <summary>Measures one part of an installation. Never fails for what it measures: what cannot be measured is an Unknown reading.</summary>
internal abstract class SectionMeter
{
    /// <summary>Measures for as long as is asked.</summary>
    public abstract Task<Measured> MeasureAsync(MeasurementRequest request, CancellationToken cancel);
}
