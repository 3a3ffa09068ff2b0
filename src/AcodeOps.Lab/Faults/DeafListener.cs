using System.Net;
using System.Net.Sockets;

namespace AcodeOps.Lab.Faults;

/// <summary>
/// A black hole of the second kind: connecting never ends, as with a firewall that drops packets. It is a listening port whose short queue is
/// full with its own connections; the system drops what comes on top.
/// </summary>
public sealed class DeafListener : IDisposable
{
    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _fillers = [];

    private DeafListener()
    {
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <param name="port">0 lets the system choose.</param>
    /// <param name="cancel">Ends the start.</param>
    public static async Task<DeafListener> StartAsync(int port, CancellationToken cancel)
    {
        DeafListener deaf = new();
        deaf._listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        deaf._listener.Listen(0);
        for (int i = 0; i < 16; i++)
        {
            Socket filler = new(SocketType.Stream, ProtocolType.Tcp);
            deaf._fillers.Add(filler);
            using CancellationTokenSource brief = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            brief.CancelAfter(250);
            try
            {
                await filler.ConnectAsync(new IPEndPoint(IPAddress.Loopback, deaf.Port), brief.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return deaf;
            }
        }

        deaf.Dispose();
        throw new LabException("This system does not drop connections to a full queue, so that there can be no port that never answers (is tcp_abort_on_overflow set?).");
    }

    public void Dispose()
    {
        _fillers.ForEach(f => f.Dispose());
        _listener.Dispose();
    }
}
