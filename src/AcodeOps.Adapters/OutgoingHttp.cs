namespace AcodeOps.Adapters;

/// <summary>HTTP to services outside the installation, with a secret in each request: never led to another host, without cookies. Each request brings its own time limit.</summary>
internal static class OutgoingHttp
{
    /// <summary>A client of its own for each service.</summary>
    public static HttpClient Open() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    { Timeout = Timeout.InfiniteTimeSpan };
}
