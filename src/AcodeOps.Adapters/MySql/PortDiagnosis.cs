using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AcodeOps.Adapters.MySql;

/// <summary>
/// Finds out why a login got nowhere, by looking at the port itself: the driver tells "unable to connect" for a name
/// that does not resolve, a refused port and a black hole alike, and waits for megabytes when an SSH server greets it.
/// Done only after a failure or a long silence, since the server counts connections that end before the login.
/// </summary>
internal static class PortDiagnosis
{
    private static readonly TimeSpan GreetingTime = TimeSpan.FromSeconds(1);

    /// <summary>The failure, when the port shows one; null when it behaves like MySQL or stays silent.</summary>
    public static async Task<AcodeException?> LookAsync(SourceLogin login, CancellationToken cancel)
    {
        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(login.Host, cancel).WaitAsync(cancel).ConfigureAwait(false);
            using TcpClient client = new();
            await client.ConnectAsync(addresses, login.Port, cancel).ConfigureAwait(false);
            return await ListenAsync(client.GetStream(), login, cancel).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            return SourceFailures.OfSocket(e.SocketErrorCode, login);
        }
        catch (IOException e)
        {
            return SourceFailures.Of(e, login);
        }
    }

    private static async Task<AcodeException?> ListenAsync(NetworkStream stream, SourceLogin login, CancellationToken cancel)
    {
        byte[] buffer = new byte[512];
        int length = await ReadForAsync(stream, buffer, cancel).ConfigureAwait(false);
        if (length < 0)
        {
            // A MySQL server speaks first and an HTTP server never does, so it has to be asked.
            await stream.WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), cancel).ConfigureAwait(false);
            length = await ReadForAsync(stream, buffer, cancel).ConfigureAwait(false);
        }

        return length < 0 ? null : Judge(buffer.AsSpan(0, length), login);
    }

    /// <summary>Bytes read; -1 for silence.</summary>
    private static async Task<int> ReadForAsync(NetworkStream stream, byte[] buffer, CancellationToken cancel)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(GreetingTime);
        try
        {
            return await stream.ReadAsync(buffer, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return -1;
        }
    }

    /// <summary>A MySQL packet is three bytes of length, its number (0), then 10 for a greeting or 255 for an error.</summary>
    internal static AcodeException? Judge(ReadOnlySpan<byte> said, SourceLogin login)
    {
        if (said.Length == 0)
        {
            return SourceFailures.Of(new EndOfStreamException(), login);
        }

        if (said.Length > 4 && said[3] == 0 && said[2] == 0)
        {
            return said[4] switch
            {
                10 => null,
                255 when said.Length >= 7 => SourceFailures.OfNumber(
                    BinaryPrimitives.ReadUInt16LittleEndian(said[5..]), Encoding.UTF8.GetString(said[7..]).TrimStart('#'), login),
                _ => SourceFailures.OfForeigner("it speaks another version of the protocol", login),
            };
        }

        ReadOnlySpan<byte> line = said[..Math.Min(said.Length, 60)];
        int end = line.IndexOfAny((byte)'\r', (byte)'\n');
        string text = new(Encoding.Latin1.GetString(end < 0 ? line : line[..end]).Select(c => char.IsAsciiLetterOrDigit(c) || " /.-_:".Contains(c, StringComparison.Ordinal) ? c : '?').ToArray());
        return SourceFailures.OfForeigner($"it says '{text}'", login);
    }
}
