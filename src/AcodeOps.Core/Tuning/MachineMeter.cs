namespace AcodeOps.Tuning;

/// <summary>Measures this machine: where AcodeOps runs, which is rarely where the servers run.</summary>
internal sealed class MachineMeter(IMachineUsage machine, string name, TimeProvider clock) : SectionMeter
{
    private const string Target = "machine";

    /// <inheritdoc />
    public override async Task<Measured> MeasureAsync(MeasurementRequest request, CancellationToken cancel)
    {
        (MachineSample first, DateTimeOffset from, long begin) = (machine.Read(), clock.GetUtcNow(), clock.GetTimestamp());
        await Task.Delay(request.Duration, clock, cancel).ConfigureAwait(false);
        MachineSample last = machine.Read();
        return Measured.Of(PerformancePart.Machine, Target, $"This machine ({name})", [.. MachineReadings.Of(Target, first, last, clock.GetElapsedTime(begin), (from, clock.GetUtcNow()))]);
    }
}
