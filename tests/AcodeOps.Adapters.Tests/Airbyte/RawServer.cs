using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AcodeOps.Adapters.Tests.Airbyte;

/// <summary>
/// A server that answers every connection with the bytes that a test wants, well-formed or not: what no decent HTTP
/// server can be brought to do.
/// </summary>
public sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<RawRequest, Stream, Task> _answer;

    public RawServer(Func<RawRequest, Stream, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public RawServer(Func<RawRequest, string> answer) : this((request, stream) => stream.WriteAsync(Encoding.UTF8.GetBytes(answer(request))).AsTask())
    {
    }

    public int Port { get; }

    public Uri Url => new($"http://127.0.0.1:{Port}");

    /// <summary>The requests in the order of their coming.</summary>
    public ConcurrentQueue<RawRequest> Requests { get; } = new();

    public static string Http(int status, string body, string contentType = "application/json", string headers = "") =>
        $"HTTP/1.1 {status} Status\r\nContent-Type: {contentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{headers}\r\n{body}";

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                RawRequest request = await RawRequest.ReadAsync(stream);
                Requests.Enqueue(request);
                await _answer(request, stream);
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // The client has gone: some tests want just that.
            }
        }
    }
}

/// <summary>A request as it came in; <see cref="Line"/> is like <c>GET /path</c>.</summary>
public sealed record RawRequest(string Line, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Authorization => Headers.GetValueOrDefault("authorization", "");

    public static async Task<RawRequest> ReadAsync(Stream stream)
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1)
        {
            head.Append((char)one[0]);
            if (head[0] == 0x16)
            {
                return new RawRequest("a TLS greeting", new Dictionary<string, string>(), "");
            }
        }

        string[] lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> headers = lines.Skip(1).Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[^1]);
        // Who asks before it sends a body is told to go on, as by every server that does not refuse at once.
        if (headers.GetValueOrDefault("expect") == "100-continue")
        {
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray());
        }

        byte[] body = new byte[int.Parse(headers.GetValueOrDefault("content-length", "0"), null)];
        await stream.ReadExactlyAsync(body);
        return new RawRequest(lines.Length == 0 ? "" : lines[0].Replace(" HTTP/1.1", ""), headers, Encoding.UTF8.GetString(body));
    }
}
