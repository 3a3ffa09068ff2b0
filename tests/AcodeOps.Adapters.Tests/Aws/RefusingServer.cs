using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AcodeOps.Adapters.Tests.Aws;

/// <summary>
/// An HTTP server that refuses writes as some S3 servers do: by the head alone, without reading the body, and with the connection left
/// open. What comes on it next it takes for a request. A path of <c>/taken</c> it accepts.
/// </summary>
internal sealed class RefusingServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private int _connections;

    public RefusingServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>How many connections were opened.</summary>
    public int Connections => _connections;

    /// <summary>Ends when the first write has come.</summary>
    public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>No write is answered before this has ended.</summary>
    public Task MayAnswer { get; set; } = Task.CompletedTask;

    /// <summary>The text of a refusal comes only after this has ended.</summary>
    public Task MayTell { get; set; } = Task.CompletedTask;

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                _ = TalkAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using StreamReader lines = new(client.GetStream(), Encoding.Latin1);
                while (await lines.ReadLineAsync(_end.Token) is { } request)
                {
                    int length = 0;
                    while (await lines.ReadLineAsync(_end.Token) is { Length: > 0 } header)
                    {
                        length = header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase) ? int.Parse(header[15..], CultureInfo.InvariantCulture) : length;
                    }

                    await AnswerAsync(client.GetStream(), lines, request.Split(' '), length);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The other side has gone, or the test is over.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream, StreamReader lines, string[] request, int length)
    {
        switch (request[0], request[1])
        {
            case ("GET", _):
                await SendAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                break;
            case ("PUT", "/taken"):
                await SendAsync(stream, "HTTP/1.1 100 Continue\r\n\r\n");
                await lines.ReadBlockAsync(new char[length], _end.Token);
                await SendAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                break;
            case ("PUT", _):
                Asked.TrySetResult();
                await MayAnswer.WaitAsync(_end.Token);
                await SendAsync(stream, "HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\n");
                await MayTell.WaitAsync(_end.Token);
                await SendAsync(stream, "no, ");
                break;
            default:
                await SendAsync(stream, "HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\n\r\n");
                break;
        }
    }

    private async Task SendAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text), _end.Token);
}
