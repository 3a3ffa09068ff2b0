namespace AcodeOps.Adapters.Aws;

/// <summary>
/// Hands an answer on only when it is here whole, except for the content of an object, which the caller reads himself. The SDK
/// pays no heed to a cancellation between the head of an answer and its body, and the connection goes back to the pool as if
/// nothing had been; the next call on it then waited for its whole time limit, as Ctrl-C in the middle of a switch showed.
/// </summary>
internal sealed class WholeAnswerHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Headers.ETag is not null)
        {
            return response;
        }

        // Given up, the wait ends at once and the connection with it.
        using HttpContent content = response.Content;
        ByteArrayContent whole = new(await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        foreach ((string name, IEnumerable<string> values) in content.Headers)
        {
            whole.Headers.TryAddWithoutValidation(name, values);
        }

        response.Content = whole;
        return response;
    }
}
