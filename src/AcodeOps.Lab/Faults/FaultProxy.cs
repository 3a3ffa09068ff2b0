using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AcodeOps.Lab.Faults;

/// <summary>
/// Stands before an HTTP server on 127.0.0.1 and passes bytes through untouched, so that signatures stay good, or misbehaves on demand.
/// A change holds from the next request on, also on connections that are open.
/// </summary>
public sealed class FaultProxy(int port, int targetPort) : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port);

    public ProxyBehavior Behavior { get; set; } = new();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Opens the port.</summary>
    public void Start() => _listener.Start();

    /// <summary>Serves until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            Socket client = await _listener.AcceptSocketAsync(cancel);
            _ = Task.Run(() => ServeAsync(client, cancel), cancel);
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(Socket client, CancellationToken cancel)
    {
        using Socket _ = client;
        using Socket target = new(SocketType.Stream, ProtocolType.Tcp);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        client.NoDelay = target.NoDelay = true;
        Conversation talk = new();
        try
        {
            Task back = Task.CompletedTask;
            byte[] buffer = new byte[64 * 1024];
            for (int read; (read = await client.ReceiveAsync(buffer, end.Token)) > 0;)
            {
                // The first bytes after an answer are a new request.
                if (!talk.InRequest)
                {
                    talk.InRequest = true;
                    ProxyBehavior behavior = Behavior;
                    await Task.Delay(behavior.DelayMilliseconds, end.Token);
                    if (behavior.Mode != ProxyMode.Pass)
                    {
                        await MisbehaveAsync(client, behavior, end.Token);
                        return;
                    }

                    if (!target.Connected)
                    {
                        await target.ConnectAsync(IPAddress.Loopback, targetPort, end.Token);
                        back = AnswersAsync(target, client, talk, end);
                    }
                }

                await SendAllAsync(target, buffer.AsMemory(0, read), end.Token);
            }

            if (target.Connected)
            {
                target.Shutdown(SocketShutdown.Send);
                await back;
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone, and with it the other: the client sees a closed connection.
        }
        finally
        {
            await end.CancelAsync();
        }
    }

    private static async Task AnswersAsync(Socket target, Socket client, Conversation talk, CancellationTokenSource end)
    {
        try
        {
            byte[] buffer = new byte[64 * 1024];
            for (int read; (read = await target.ReceiveAsync(buffer, end.Token)) > 0;)
            {
                talk.InRequest = false;
                await SendAllAsync(client, buffer.AsMemory(0, read), end.Token);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // As above.
        }
        finally
        {
            await end.CancelAsync();
        }
    }

    private static async Task MisbehaveAsync(Socket client, ProxyBehavior behavior, CancellationToken cancel)
    {
        if (behavior.Mode == ProxyMode.Reset)
        {
            client.LingerState = new LingerOption(true, 0);
            return;
        }

        if (behavior.Mode == ProxyMode.Error)
        {
            string code = behavior.StatusCode switch { 503 => "SlowDown", 403 => "AccessDenied", 404 => "NoSuchBucket", _ => "InternalError" };
            string body = $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>The lab's fault proxy answers.</Message></Error>";
            string head = $"HTTP/1.1 {behavior.StatusCode} {code}\r\nContent-Type: application/xml\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n";
            await SendAllAsync(client, Encoding.ASCII.GetBytes(head + body), cancel);
            client.Shutdown(SocketShutdown.Send);
        }

        // Reads on to the client's end: closing with unread bytes would reset the connection before the client has read the answer.
        byte[] rest = new byte[64 * 1024];
        while (await client.ReceiveAsync(rest, cancel) > 0)
        {
        }
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancel)..];
        }
    }

    private sealed class Conversation
    {
        public volatile bool InRequest;
    }
}
