using System.Net;
using System.Net.Sockets;

namespace AcodeOps.Lab.Faults;

/// <summary>A black hole of the first kind: a port that takes every connection and never says a word.</summary>
public sealed class SilentListener : IDisposable
{
    private readonly TcpListener _listener;

    /// <param name="port">0 lets the system choose.</param>
    public SilentListener(int port = 0)
    {
        // The system takes the connections by itself; nobody ever reads them.
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start(backlog: 4096);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();
}
