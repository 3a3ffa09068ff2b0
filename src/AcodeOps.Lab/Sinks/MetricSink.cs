using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AcodeOps.Lab.Sinks;

/// <summary>
/// Takes DogStatsD datagrams on 127.0.0.1 and on a Unix socket, and keeps each metric as a line of JSON, with what is wrong with it.
/// Like the real agent it never answers.
/// </summary>
public sealed class MetricSink : IDisposable
{
    private const int UdpBytes = 1432;
    private const int SocketBytes = 8192;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Socket _udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket _unix = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly string _path;
    private readonly JsonLines _lines;

    /// <param name="port">0 lets the system choose.</param>
    /// <param name="path">The Unix socket's path; one that was left there is replaced.</param>
    /// <param name="file">Where the lines go.</param>
    public MetricSink(int port, string path, string file)
    {
        _path = path;
        _udp.Bind(new IPEndPoint(IPAddress.Loopback, port));
        File.Delete(path);
        _unix.Bind(new UnixDomainSocketEndPoint(path));
        _lines = new JsonLines(file);
    }

    public int Port => ((IPEndPoint)_udp.LocalEndPoint!).Port;

    /// <summary>Takes what comes until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel) => await await Task.WhenAny(TakeAsync(_udp, UdpBytes, cancel), TakeAsync(_unix, SocketBytes, cancel));

    public void Dispose()
    {
        _udp.Dispose();
        _unix.Dispose();
        File.Delete(_path);
    }

    private async Task TakeAsync(Socket socket, int most, CancellationToken cancel)
    {
        byte[] buffer = new byte[65_536];
        while (true)
        {
            int length = await socket.ReceiveAsync(buffer, SocketFlags.None, cancel);
            string? fault = length > most ? $"a datagram of {length} bytes" : null;
            string text;
            try
            {
                text = Strict.GetString(buffer, 0, length);
            }
            catch (DecoderFallbackException)
            {
                (text, fault) = (Encoding.Latin1.GetString(buffer, 0, length), "no UTF-8");
            }

            // One line feed may close a datagram; an empty line is none of the protocol's.
            string[] lines = (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
            foreach (string line in lines)
            {
                ReceivedMetric metric = ReceivedMetric.Parse(line, DateTimeOffset.UtcNow);
                _lines.Add(fault is null ? metric : metric with { Fault = fault });
            }
        }
    }
}
