using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AcodeOps.Lab.Sinks;

/// <summary>Takes DogStatsD datagrams on 127.0.0.1 and keeps each metric as a line of JSON. Like the real agent it never answers.</summary>
public sealed class MetricSink : IDisposable
{
    private readonly UdpClient _socket;
    private readonly JsonLines _lines;

    /// <param name="port">0 lets the system choose.</param>
    /// <param name="file">Where the lines go.</param>
    public MetricSink(int port, string file)
    {
        _socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));
        _lines = new JsonLines(file);
    }

    public int Port => ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;

    /// <summary>Takes what comes until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            UdpReceiveResult datagram = await _socket.ReceiveAsync(cancel);
            foreach (string line in Encoding.UTF8.GetString(datagram.Buffer).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                _lines.Add(ReceivedMetric.Parse(line, DateTimeOffset.UtcNow));
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
