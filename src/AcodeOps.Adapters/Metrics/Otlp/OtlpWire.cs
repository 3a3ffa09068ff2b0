namespace AcodeOps.Adapters.Metrics.Otlp;

/// <summary>
/// The way from OpenTelemetry's SDK to a receiver, and what was answered there. It is bounded in time, is led to no other host, and
/// repeats a request only where the receiver has said that it took nothing of it and may be asked again.
/// </summary>
internal sealed class OtlpWire(MetricSinkDefinition sink, IReadOnlyList<KeyValuePair<string, string>> headers, OtlpErrors errors, TimeSpan limit, CancellationToken cancel)
    : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
{
    private const int MostAnswerBytes = 1 << 20;
    private const int MostTries = 3;

    /// <summary>What came of the newest request; null while none was made.</summary>
    public OtlpAnswer? Answer { get; private set; }

    // The SDK asks for an answer on the thread that it was called on, which is the sink's own for that.
    /// <inheritdoc />
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource whole = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        whole.CancelAfter(limit);
        foreach ((string name, string value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            for (int @try = 1; ; @try++)
            {
                HttpResponseMessage answer = await base.SendAsync(request, whole.Token).ConfigureAwait(false);
                // Not before the whole body has come are there trailers, in which gRPC says what came of it.
                await answer.Content.LoadIntoBufferAsync(MostAnswerBytes).WaitAsync(whole.Token).ConfigureAwait(false);
                byte[] body = await answer.Content.ReadAsByteArrayAsync(whole.Token).ConfigureAwait(false);
                Answer = sink.Protocol == OtlpProtocol.Grpc ? OtlpAnswer.OfGrpc(answer, body, errors) : OtlpAnswer.OfHttp(answer, body, errors);
                if (Answer.Repeat is not { } wait || @try == MostTries)
                {
                    return answer;
                }

                answer.Dispose();
                await Task.Delay(wait, whole.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or InvalidDataException)
        {
            // What a receiver has said before it went silent says more.
            Answer = Answer is { IsAccepted: false } ? Answer : new OtlpAnswer(errors.NoAnswer(e));
            throw;
        }
    }
}
