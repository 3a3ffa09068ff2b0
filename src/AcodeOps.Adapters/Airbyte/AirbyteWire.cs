using System.Net.Http.Headers;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>
/// Questions and answers over HTTP: bounded in time and size, never led to another host, every failure classified.
/// </summary>
internal sealed class AirbyteWire : IDisposable
{
    // The longest that one answer may take where nothing else is said; health asks for less by its own token.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _base;
    private readonly TimeProvider _clock;
    private readonly int _maxBytes;
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = 8,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    public AirbyteWire(Uri url, TimeProvider clock, int maxBytes = 16 * 1024 * 1024)
    {
        _base = url.AbsoluteUri.TrimEnd('/');
        _clock = clock;
        _maxBytes = maxBytes;
        Errors = new AirbyteErrors(url);
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("AcodeOps", typeof(AirbyteWire).Assembly.GetName().Version?.ToString(3)));
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/plain;q=0.5");
    }

    public AirbyteErrors Errors { get; }

    /// <summary>Asks, and once more when the connection breaks: for what may be done twice.</summary>
    public Task<AirbyteAnswer> AskAsync(Func<HttpRequestMessage> question, CancellationToken cancel) => AskAsync(question, Limit, cancel);

    /// <summary>The same, of what takes longer than others.</summary>
    public Task<AirbyteAnswer> AskAsync(Func<HttpRequestMessage> question, TimeSpan limit, CancellationToken cancel) => WithinAsync(
        limit,
        async token =>
        {
            try
            {
                return await ExchangeAsync(question(), token).ConfigureAwait(false);
            }
            catch (Exception e) when (AirbyteErrors.IsDropped(e))
            {
                return await ExchangeAsync(question(), token).ConfigureAwait(false);
            }
        },
        cancel);

    /// <summary>Asks once and never again: for what must not be done twice.</summary>
    public Task<AirbyteAnswer> AskOnceAsync(HttpRequestMessage question, TimeSpan limit, CancellationToken cancel) =>
        WithinAsync(limit, token => ExchangeAsync(question, token), cancel);

    /// <summary>A request to a path of one of the APIs, such as <c>/api/public/v1/health</c>.</summary>
    public HttpRequestMessage Request(HttpMethod method, string path) => new(method, new Uri(_base + path));

    public void Dispose() => _http.Dispose();

    private async Task<AirbyteAnswer> WithinAsync(TimeSpan time, Func<CancellationToken, Task<AirbyteAnswer>> ask, CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(time, _clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return await ask(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or InvalidDataException)
        {
            throw Errors.NoAnswer(e);
        }
    }

    private async Task<AirbyteAnswer> ExchangeAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using (request)
        {
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
            byte[] body = await ReadAsync(response.Content, cancel).ConfigureAwait(false);
            return new AirbyteAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.Location, body);
        }
    }

    private async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancel)
    {
        using Stream stream = await content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        return await BoundedBody.ReadAsync(stream, _maxBytes, cancel).ConfigureAwait(false)
            ?? throw Errors.SomethingElse($"an answer of more than {_maxBytes / 1024 / 1024} MiB");
    }
}
