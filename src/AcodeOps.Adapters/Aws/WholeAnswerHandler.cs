using Microsoft.IO;

namespace AcodeOps.Adapters.Aws;

/// <summary>
/// Hands an answer on only when it is here whole, except for the content of an object, which the caller reads himself. The SDK
/// pays no heed to a cancellation between the head of an answer and its body, and the connection goes back to the pool as if
/// nothing had been; the next call on it then waited for its whole time limit, as Ctrl-C in the middle of a switch showed. No
/// answer of these services is longer than a page of keys: one that does not end must not fill the memory.
/// </summary>
internal sealed class WholeAnswerHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>The longest answer that is taken.</summary>
    public const int MostBytes = 16 << 20;

    // A page of keys is a third of a megabyte: arrays of their own, one after the other, stay in memory long after they were read. An answer may be a secret.
    private static readonly RecyclableMemoryStreamManager Buffers = new(new RecyclableMemoryStreamManager.Options { ZeroOutBuffer = true });

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
        using Stream body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        StreamContent whole = new(await ReadAsync(body, cancellationToken).ConfigureAwait(false));
        foreach ((string name, IEnumerable<string> values) in content.Headers)
        {
            whole.Headers.TryAddWithoutValidation(name, values);
        }

        response.Content = whole;
        return response;
    }

    private static async Task<RecyclableMemoryStream> ReadAsync(Stream body, CancellationToken cancel)
    {
        RecyclableMemoryStream whole = Buffers.GetStream();
        try
        {
            while (true)
            {
                int read = await body.ReadAsync(whole.GetMemory(), cancel).ConfigureAwait(false);
                if (read == 0)
                {
                    whole.Position = 0;
                    return whole;
                }

                whole.Advance(read);
                if (whole.Length > MostBytes)
                {
                    throw new InvalidDataException("The answer does not end.");
                }
            }
        }
        catch
        {
            await whole.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
