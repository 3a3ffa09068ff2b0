using System.Diagnostics;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>
/// The times at which this process waits for an answer of one HTTP server or of MySQL, from the spans that .NET's own HTTP
/// client and MySqlConnector give to whoever listens.
/// </summary>
internal sealed class AnswerTimes : IDisposable
{
    private const string Http = "System.Net.Http";
    private const string MySql = "MySqlConnector";
    private readonly List<(bool IsHttp, DateTime From, DateTime To)> _spans = [];
    private readonly ActivityListener _listener;

    /// <param name="server">The HTTP server.</param>
    public AnswerTimes(Uri server)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Http or MySql,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.Source.Name == MySql || span.GetTagItem("server.port") as int? == server.Port)
                {
                    lock (_spans)
                    {
                        _spans.Add((span.Source.Name == Http, span.StartTimeUtc, span.StartTimeUtc + span.Duration));
                    }
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>How much of a time was spent waiting for an answer, or in one of these stretches; each moment counts once.</summary>
    public TimeSpan Within(DateTime from, DateTime to, IEnumerable<(DateTime From, DateTime To)> also)
    {
        TimeSpan sum = TimeSpan.Zero;
        foreach ((DateTime begin, DateTime end) in Between(from, to).Select(s => (s.From, s.To)).Concat(also).OrderBy(s => s.Item1))
        {
            DateTime until = end < to ? end : to;
            from = begin > from ? begin : from;
            if (until > from)
            {
                sum += until - from;
                from = until;
            }
        }

        return sum;
    }

    /// <summary>When the HTTP server gave its last answer in a time; the time's begin where it gave none.</summary>
    public DateTime LastAnswerWithin(DateTime from, DateTime to) => Between(from, to).Where(s => s.IsHttp).Select(s => s.To).DefaultIfEmpty(from).Max();

    /// <summary>How many answers the HTTP server gave in a time.</summary>
    public int CountWithin(DateTime from, DateTime to) => Between(from, to).Count(s => s.IsHttp);

    public void Dispose() => _listener.Dispose();

    private List<(bool IsHttp, DateTime From, DateTime To)> Between(DateTime from, DateTime to)
    {
        lock (_spans)
        {
            return [.. _spans.Where(s => s.To > from && s.From < to)];
        }
    }
}
