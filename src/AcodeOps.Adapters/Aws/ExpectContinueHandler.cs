namespace AcodeOps.Adapters.Aws;

/// <summary>
/// Lets a server refuse a write before its body is sent (RFC 9110, section 10.1.1). A server that refuses a write without
/// reading its body takes the body for the connection's next request, and the next answer is then nonsense. .NET sends a small
/// body although it was refused: after that, its connections are not used again.
/// </summary>
/// <param name="open">Makes connections.</param>
internal sealed class ExpectContinueHandler(Func<SocketsHttpHandler> open) : HttpMessageHandler
{
    // .NET's own limit (HttpConnection, Expect100ErrorSendThreshold): bodies up to it are sent whatever was answered.
    private const long SentThoughRefused = 1024;
    private HttpMessageInvoker _connections = new(open());

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Of a request without a body (a copy) there is nothing to hold back, and servers do not tell when to go on.
        long? length = request.Method == HttpMethod.Put ? request.Content?.Headers.ContentLength : 0;
        if (request.Content is not null && length != 0)
        {
            request.Headers.ExpectContinue = true;
        }

        HttpMessageInvoker connections = Volatile.Read(ref _connections);
        HttpResponseMessage response = await connections.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode && length is > 0 and <= SentThoughRefused)
        {
            // Not disposed: others may be at work on them. Left alone they close by themselves when they are idle.
            Interlocked.CompareExchange(ref _connections, new HttpMessageInvoker(open()), connections);
        }

        return response;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _connections.Dispose();
        }

        base.Dispose(disposing);
    }
}
