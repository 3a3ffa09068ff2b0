using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AcodeOps.Lab.Servers;

/// <summary>
/// Ports for servers. They lie below the range from which the system takes ports for outgoing connections, so that the port of a server that is
/// down for a while is not taken by somebody's connection.
/// </summary>
public static class LoopbackPort
{
    private const int Lowest = 15_000;
    private static readonly ConcurrentDictionary<int, bool> Given = new();
    private static readonly int Highest = Math.Max(Lowest + 4_000, FirstOutgoingPort() - 1);

    /// <summary>A port that is free on 127.0.0.1 now and was not given before by this process.</summary>
    public static int Free()
    {
        for (int i = 0; i < 10_000; i++)
        {
            int port = Random.Shared.Next(Lowest, Highest);
            if (IsFree(port) && Given.TryAdd(port, true))
            {
                return port;
            }
        }

        throw new LabException($"No free port between {Lowest} and {Highest} on 127.0.0.1: end some of the servers of this machine.");
    }

    private static bool IsFree(int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FirstOutgoingPort() =>
        int.Parse(File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);
}
