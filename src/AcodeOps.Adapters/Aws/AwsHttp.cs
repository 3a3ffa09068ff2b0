using Amazon.Runtime;

namespace AcodeOps.Adapters.Aws;

/// <summary>The one HTTP client of an account. It connects quickly or not at all, and notes the servers' clocks.</summary>
internal sealed class AwsHttp : HttpClientFactory, IDisposable
{
    /// <summary>How often a call is repeated after a fault that may pass.</summary>
    public const int Retries = 2;

    /// <summary>The most that one attempt may take until its answer begins, and a body until it is read.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = new(new ServerClockHandler(new WholeAnswerHandler(new ExpectContinueHandler(() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(3.1),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // A busy server is given time to refuse a write before its body is sent.
        Expect100ContinueTimeout = TimeSpan.FromSeconds(5),
    }))))
    {
        Timeout = Limit,
    };

    /// <summary>The client, for what no SDK client asks.</summary>
    public HttpClient Client => _client;

    /// <inheritdoc />
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    /// <inheritdoc />
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <inheritdoc />
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();
}
