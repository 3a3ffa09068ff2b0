using AcodeOps.Health;

namespace AcodeOps.Tuning;

/// <summary>
/// Measures a MySQL or MariaDB server as the difference between two readings of its counters. A partner's server is read at the begin and
/// at the end only, and what its account may not see stays Unknown.
/// </summary>
internal sealed class SourceMeter(ISource source, TimeProvider clock) : SectionMeter
{
    private readonly SlowQueryReader _statements = new(clock);

    private string Target => source.Definition.Role.TargetName();

    /// <inheritdoc />
    public override async Task<Measured> MeasureAsync(MeasurementRequest request, CancellationToken cancel)
    {
        DateTimeOffset began = clock.GetUtcNow();
        SlowQueryRequest asked = new() { Top = request.Statements, Timeout = request.Timeout };
        (Sampled<StatementSample>? Sample, AcodeException? Failure) firstStatements = await TryAsync(() => _statements.SampleAsync(source, asked, cancel)).ConfigureAwait(false);
        IReadOnlyList<Reading> readings;
        try
        {
            List<Sampled<ServerCounters>> looks = [await LookAsync(request, cancel).ConfigureAwait(false)];
            await WatchAsync(looks, request, cancel).ConfigureAwait(false);
            looks.Add(await LookAsync(request, cancel).ConfigureAwait(false));
            (Sampled<ServerCounters> first, Sampled<ServerCounters> last) = (looks[0], looks[^1]);
            CounterWindow window = new(first.Value, last.Value, clock.GetElapsedTime(first.Timestamp, last.Timestamp), [.. looks.Select(look => look.Value)]);
            readings = [.. SourceReadings.Of(Target, window, (first.At, last.At))];
        }
        catch (AcodeException failure)
        {
            readings = [Reading.Of(Target, "Server counters", "", Figure.Unknown(failure), (began, clock.GetUtcNow()))];
        }

        (IReadOnlyList<SlowQuery> statements, AcodeException? unknown) = await StatementsAsync(firstStatements, asked, cancel).ConfigureAwait(false);
        if (unknown is not null && !readings.Any(r => r.Told.ErrorId == unknown.Id))
        {
            readings = [.. readings, Reading.Of(Target, "Statements", "statements", Figure.Unknown(unknown), (began, clock.GetUtcNow()))];
        }

        Measured measured = Measured.Of(PerformancePart.Source, Target, $"{source.Definition}", readings);
        return measured with
        {
            Section = measured.Section with { Statements = statements },
            Owner = source.Definition.IsPartners ? "The server is the partner's: show them these figures." : null,
        };
    }

    private Task<Sampled<ServerCounters>> LookAsync(MeasurementRequest request, CancellationToken cancel) =>
        Sampling.ReadAsync(clock, request.Timeout, () => Sampling.Late(source.Definition, request.Timeout), source.Statistics.ReadCountersAsync, cancel);

    // The looks in between are for what goes up and down; one that fails is missed, and only the last one counts.
    private async Task WatchAsync(List<Sampled<ServerCounters>> looks, MeasurementRequest request, CancellationToken cancel)
    {
        TimeSpan step;
        for (TimeSpan left = request.Duration; left > TimeSpan.Zero; left -= step)
        {
            step = source.Definition.IsPartners || request.Interval > left ? left : request.Interval;
            await Task.Delay(step, clock, cancel).ConfigureAwait(false);
            if (left > step && (await TryAsync(() => LookAsync(request, cancel)).ConfigureAwait(false)).Sample is { } look)
            {
                looks.Add(look);
            }
        }
    }

    private async Task<(IReadOnlyList<SlowQuery> Statements, AcodeException? Failure)> StatementsAsync(
        (Sampled<StatementSample>? Sample, AcodeException? Failure) first, SlowQueryRequest asked, CancellationToken cancel)
    {
        if (first.Sample is not { } begin)
        {
            return ([], first.Failure);
        }

        try
        {
            Sampled<StatementSample> end = await _statements.SampleAsync(source, asked, cancel).ConfigureAwait(false);
            return (await _statements.RankAsync(source, asked, _statements.Between(source, begin, end), begin.At, end.At, cancel).ConfigureAwait(false), null);
        }
        catch (AcodeException failure)
        {
            return ([], failure);
        }
    }

    private static async Task<(Sampled<T>? Sample, AcodeException? Failure)> TryAsync<T>(Func<Task<Sampled<T>>> read)
    {
        try
        {
            return (await read().ConfigureAwait(false), null);
        }
        catch (AcodeException failure)
        {
            return (null, failure);
        }
    }
}
