namespace AcodeOps.Adapters.Aws;

/// <summary>
/// Lets a server refuse a write before its body is sent (RFC 9110, section 10.1.1). A server that refuses a write without
/// reading its body takes the body for the connection's next request, and the next answer is then nonsense.
/// </summary>
internal sealed class ExpectContinueHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc />
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Of a request without a body (a copy) there is nothing to hold back, and servers do not tell when to go on.
        if (request.Method == HttpMethod.Put && request.Content is { Headers.ContentLength: not 0 })
        {
            request.Headers.ExpectContinue = true;
        }

        return base.SendAsync(request, cancellationToken);
    }
}
