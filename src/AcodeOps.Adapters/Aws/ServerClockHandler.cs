namespace AcodeOps.Adapters.Aws;

/// <summary>Notes what the servers' clocks say, for whoever listens in this flow of control.</summary>
internal sealed class ServerClockHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly AsyncLocal<ServerClock?> Listener = new();

    /// <summary>Listens to the answers of the calls that the caller makes from here on.</summary>
    public static ServerClock Listen() => Listener.Value = new ServerClock();

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        DateTimeOffset sentAt = DateTimeOffset.UtcNow;
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Headers.Date is { } date)
        {
            Listener.Value?.Note(date, sentAt, DateTimeOffset.UtcNow);
        }

        return response;
    }
}

/// <summary>A server's clock beside this machine's, at the same moment.</summary>
internal sealed class ServerClock
{
    /// <summary>The server's time; null while it has told none.</summary>
    public DateTimeOffset? ServerTimeAt { get; private set; }

    /// <summary>This machine's time, in the middle of the same exchange.</summary>
    public DateTimeOffset? LocalTimeAt { get; private set; }

    /// <summary>Takes an answer's date, which is cut to whole seconds: half a second is the best guess of the rest.</summary>
    public void Note(DateTimeOffset date, DateTimeOffset sentAt, DateTimeOffset receivedAt)
    {
        ServerTimeAt = date.AddSeconds(0.5);
        LocalTimeAt = sentAt + ((receivedAt - sentAt) / 2);
    }
}
