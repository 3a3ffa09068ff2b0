using System.Collections.Concurrent;

namespace AcodeOps.Adapters.Aws;

/// <summary>
/// Lets a server refuse a write before its body is sent (RFC 9110, section 10.1.1). A server that refuses a write without
/// reading its body takes the body for the connection's next request, and the next answer is then nonsense. .NET sends a small
/// body although it was refused: after that, its connection is not used again.
/// </summary>
/// <param name="open">Makes connections.</param>
internal sealed class ExpectContinueHandler(Func<SocketsHttpHandler> open) : HttpMessageHandler
{
    // .NET's own limit (HttpConnection, Expect100ErrorSendThreshold): bodies up to it are sent whatever was answered.
    private const long SentThoughRefused = 1024;
    private readonly HttpMessageInvoker _connections = new(open());
    private readonly ConcurrentBag<HttpMessageInvoker> _forSmallWrites = [];

    /// <inheritdoc />
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Of a request without a body (a copy) there is nothing to hold back, and servers do not tell when to go on.
        long? length = request.Method == HttpMethod.Put ? request.Content?.Headers.ContentLength : 0;
        if (request.Content is not null && length != 0)
        {
            request.Headers.ExpectContinue = true;
        }

        return length is > 0 and <= SentThoughRefused ? SendAloneAsync(request, cancellationToken) : _connections.SendAsync(request, cancellationToken);
    }

    // Who waits for a connection is given the first that comes free, also one on which a write has just been refused, before
    // anybody here knows. So a small write has connections of its own while it is under way.
    private async Task<HttpResponseMessage> SendAloneAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        HttpMessageInvoker own = _forSmallWrites.TryTake(out HttpMessageInvoker? free) ? free : new HttpMessageInvoker(open());
        bool isClean = false;
        try
        {
            HttpResponseMessage response = await own.SendAsync(request, cancel).ConfigureAwait(false);
            isClean = response.IsSuccessStatusCode;
            return response;
        }
        finally
        {
            if (isClean)
            {
                _forSmallWrites.Add(own);
            }
            else
            {
                // The answer that is under way is still read to its end; the connection closes after it.
                own.Dispose();
            }
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _connections.Dispose();
            while (_forSmallWrites.TryTake(out HttpMessageInvoker? free))
            {
                free.Dispose();
            }
        }

        base.Dispose(disposing);
    }
}
