using System.Net;
using System.Net.Sockets;
using AcodeOps.Metrics;

namespace AcodeOps.Adapters.Metrics;

/// <summary>
/// Sends metrics to an agent that speaks DogStatsD, several lines a datagram and no datagram larger than is carried whole. Nothing
/// is buffered beyond the call. A datagram has no receipt: what the machine says of it is counted.
/// </summary>
internal static class DogStatsDSink
{
    /// <summary>The largest datagram over UDP: what passes an Ethernet in one piece.</summary>
    public const int UdpBytes = 1432;

    /// <summary>The largest datagram over a Unix socket: the agent's buffer.</summary>
    public const int SocketBytes = 8192;

    // A machine answers for a port that nobody listens on at once when it is this one, and soon when it is near.
    private static readonly TimeSpan Aftermath = TimeSpan.FromMilliseconds(50);

    // An agent that does not read leaves its socket full.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<MetricShipment> SendAsync(MetricSinkDefinition sink, IReadOnlyList<Metric> metrics, CancellationToken cancel)
    {
        int sent = 0, datagrams = 0, dropped = 0, inLast = 0;
        AcodeException? failure = null;
        using Socket socket = await ConnectAsync(sink, cancel).ConfigureAwait(false);
        foreach ((byte[] datagram, int lines) in Pack(metrics, sink.Path is null ? UdpBytes : SocketBytes))
        {
            if (datagram.Length == 0)
            {
                dropped += lines;
                failure ??= new AcodeException("MetricTooLong", FailureClass.InvalidInput, $"{lines} metrics do not fit into a datagram.") { Advice = "Give them fewer or shorter tags." };
                continue;
            }

            if (await TrySendAsync(socket, sink, datagram, cancel).ConfigureAwait(false) is not { } problem)
            {
                (sent, datagrams, inLast) = (sent + lines, datagrams + 1, lines);
                continue;
            }

            failure ??= problem;
            if (problem.Id == "MetricSinkRefused" && datagrams > 0)
            {
                // The refusal is the answer to the datagram before; this one was not sent at all.
                (sent, datagrams, dropped, inLast) = (sent - inLast, datagrams - 1, dropped + inLast, 0);
            }

            dropped += lines;
        }

        if (inLast > 0 && await AnswerAsync(socket, sink, cancel).ConfigureAwait(false) is { } refusal)
        {
            failure ??= refusal;
            (sent, datagrams, dropped) = (sent - inLast, datagrams - 1, dropped + inLast);
        }

        return new MetricShipment(sent, dropped) { Datagrams = datagrams, Failure = failure };
    }

    /// <summary>Lines put together into datagrams; an empty one stands for a metric that is too long for any.</summary>
    internal static IEnumerable<(byte[] Datagram, int Lines)> Pack(IEnumerable<Metric> metrics, int most)
    {
        List<byte> datagram = [];
        int lines = 0;
        foreach (byte[] line in metrics.Select(DogStatsDLine.Of))
        {
            if (line.Length > most)
            {
                yield return ([], 1);
                continue;
            }

            if (lines > 0 && datagram.Count + 1 + line.Length > most)
            {
                yield return ([.. datagram], lines);
                datagram.Clear();
                lines = 0;
            }

            if (lines > 0)
            {
                datagram.Add((byte)'\n');
            }

            datagram.AddRange(line);
            lines++;
        }

        if (lines > 0)
        {
            yield return ([.. datagram], lines);
        }
    }

    private static async Task<Socket> ConnectAsync(MetricSinkDefinition sink, CancellationToken cancel)
    {
        Socket? socket = null;
        try
        {
            if (sink.Path is { } path)
            {
                socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel).ConfigureAwait(false);
            }
            else
            {
                IPAddress[] addresses = await Dns.GetHostAddressesAsync(sink.Host, cancel).ConfigureAwait(false);
                IPAddress address = addresses.FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0];
                socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                await socket.ConnectAsync(new IPEndPoint(address, sink.Port), cancel).ConfigureAwait(false);
            }

            return socket;
        }
        catch (Exception e) when (e is SocketException or ArgumentException or PlatformNotSupportedException or IndexOutOfRangeException)
        {
            socket?.Dispose();
            throw Failed(sink, e);
        }
    }

    private static async Task<AcodeException?> TrySendAsync(Socket socket, MetricSinkDefinition sink, byte[] datagram, CancellationToken cancel)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            await socket.SendAsync(datagram, SocketFlags.None, limit.Token).ConfigureAwait(false);
            return null;
        }
        catch (SocketException e)
        {
            return Failed(sink, e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            return new AcodeException("MetricSinkFull", FailureClass.Timeout, $"{Where(sink)} is full: nobody reads from it.", e) { Advice = "Look at the agent." };
        }
    }

    private static async Task<AcodeException?> AnswerAsync(Socket socket, MetricSinkDefinition sink, CancellationToken cancel)
    {
        if (sink.Path is null)
        {
            await Task.Delay(Aftermath, cancel).ConfigureAwait(false);
        }

        int error = (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        return error == 0 ? null : Failed(sink, new SocketException(error));
    }

    private static AcodeException Failed(MetricSinkDefinition sink, Exception e) => e is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }
        ? new AcodeException("MetricSinkNotFound", FailureClass.NameNotResolved, $"the name '{sink.Host}' of {Where(sink)} does not resolve.", e) { Advice = "Correct host in the environment file." }
        : new AcodeException("MetricSinkRefused", FailureClass.ConnectionRefused, $"nobody listens at {Where(sink)}.", e) { Advice = "Start the agent, or correct the sink in the environment file." };

    private static string Where(MetricSinkDefinition sink) => sink.Path ?? $"{sink.Host}:{sink.Port} (UDP)";
}
