using AcodeOps.Documents;

namespace AcodeOps.Tuning;

/// <summary>Which statements are asked for.</summary>
public sealed record SlowQueryRequest
{
    /// <summary>How long to look; null for all since the server's start.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>At most so many, the first by <see cref="Order"/>.</summary>
    public int Top { get; init; } = 10;

    /// <summary>Which come first.</summary>
    public SlowQueryOrder Order { get; init; }

    /// <summary>Which databases are meant; null for all, and for sessions in none.</summary>
    public Func<string, bool>? Schemas { get; init; }

    /// <summary>The longest that one answer of the server may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>Finds the statements that cost a server the most.</summary>
/// <param name="clock">The clock.</param>
public sealed class SlowQueryReader(TimeProvider clock)
{
    // The server's timers count picoseconds.
    private const double PicosecondsPerMs = 1e9;

    /// <summary>Reads the statistics, twice where a window is asked for, and the texts of the first few.</summary>
    /// <exception cref="AcodeException">Those of <see cref="IServerStatistics"/>; <c>StatisticsReset</c>; <c>SourceTimedOut</c>.</exception>
    public async Task<IReadOnlyList<SlowQuery>> ReadAsync(ISource source, SlowQueryRequest request, CancellationToken cancel)
    {
        Sampled<StatementSample> first = await SampleAsync(source, request, cancel).ConfigureAwait(false);
        if (request.Duration is not { } duration)
        {
            return await RankAsync(source, request, first.Value.Statements, first.At - TimeSpan.FromSeconds(first.Value.UptimeSeconds), first.At, cancel).ConfigureAwait(false);
        }

        await Task.Delay(duration, clock, cancel).ConfigureAwait(false);
        Sampled<StatementSample> last = await SampleAsync(source, request, cancel).ConfigureAwait(false);
        return await RankAsync(source, request, Between(source, first, last), first.At, last.At, cancel).ConfigureAwait(false);
    }

    /// <summary>What ran between two readings.</summary>
    internal IReadOnlyList<StatementTotals> Between(ISource source, Sampled<StatementSample> first, Sampled<StatementSample> last) =>
        StatementWindow.Between(source.Definition, first.Value, last.Value, clock.GetElapsedTime(first.Timestamp, last.Timestamp));

    /// <summary>Reads the statistics once.</summary>
    internal Task<Sampled<StatementSample>> SampleAsync(ISource source, SlowQueryRequest request, CancellationToken cancel) =>
        AskAsync(source, request, source.Statistics.ReadStatementsAsync, cancel);

    /// <summary>Orders, cuts, and reads the texts of what is left.</summary>
    internal async Task<IReadOnlyList<SlowQuery>> RankAsync(
        ISource source, SlowQueryRequest request, IReadOnlyList<StatementTotals> statements, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        StatementTotals[] chosen =
        [
            .. statements.Where(s => s.Executions > 0 && (request.Schemas is null || (s.Key.Schema is { } schema && request.Schemas(schema))))
                .OrderByDescending(s => WeightOf(s, request.Order)).ThenBy(s => s.Key.Digest, StringComparer.Ordinal).Take(request.Top),
        ];
        StatementKey[] named = [.. chosen.Select(s => s.Key).Where(key => key.Digest is not null)];
        IReadOnlyDictionary<StatementKey, string> texts = named.Length == 0
            ? new Dictionary<StatementKey, string>()
            : (await AskAsync(source, request, token => source.Statistics.ReadStatementTextsAsync(named, token), cancel).ConfigureAwait(false)).Value;
        return [.. chosen.Select(s => Told(source.Definition.Role, s, texts.GetValueOrDefault(s.Key), from, to))];
    }

    private Task<Sampled<T>> AskAsync<T>(ISource source, SlowQueryRequest request, Func<CancellationToken, Task<T>> ask, CancellationToken cancel) =>
        Sampling.ReadAsync(clock, request.Timeout, () => Sampling.Late(source.Definition, request.Timeout), ask, cancel);

    private static double WeightOf(StatementTotals statement, SlowQueryOrder order) => order switch
    {
        SlowQueryOrder.MeanTime => (double)statement.TimePicoseconds / statement.Executions,
        SlowQueryOrder.Executions => statement.Executions,
        SlowQueryOrder.RowsExamined => statement.RowsExamined,
        _ => statement.TimePicoseconds,
    };

    private static SlowQuery Told(SourceRole source, StatementTotals s, string? text, DateTimeOffset from, DateTimeOffset to) => new()
    {
        Source = source,
        Schema = s.Key.Schema is { } schema ? Legible.OnOneLine(schema) : null,
        Digest = s.Key.Digest,
        Text = text is null ? null : StatementText.WithoutLiterals(text),
        Executions = (long)s.Executions,
        TotalMs = s.TimePicoseconds / PicosecondsPerMs,
        MeanMs = s.TimePicoseconds / PicosecondsPerMs / s.Executions,
        MaxMs = s.LongestPicoseconds > 0 ? s.LongestPicoseconds / PicosecondsPerMs : null,
        RowsExamined = (long)s.RowsExamined,
        RowsSent = (long)s.RowsSent,
        Errors = (long)s.Errors,
        TemporaryTablesOnDisk = (long)s.TemporaryTablesOnDisk,
        WithoutIndex = (long)s.WithoutIndex,
        FirstSeenAt = s.FirstSeenAt,
        LastSeenAt = s.LastSeenAt,
        From = from,
        To = to,
    };
}
