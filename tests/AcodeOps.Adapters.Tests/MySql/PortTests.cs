using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AcodeOps.Adapters.MySql;
using AcodeOps.Lab.Servers;

namespace AcodeOps.Adapters.Tests.MySql;

/// <summary>What stands on the port is no MySQL server, or nothing, or nobody lets us there.</summary>
public sealed class PortTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_listens()
    {
        AcodeException failure = await FailureAsync(LoopbackPort.Free());

        Assert.Equal(("SourceRefused", FailureClass.ConnectionRefused), (failure.Id, failure.Cause));
        Assert.True(failure.Cause.IsOutage());
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_not_an_outage()
    {
        AcodeException failure = await FailureAsync(3306, "no-such-host.invalid");

        Assert.Equal(("SourceNameNotResolved", FailureClass.NameNotResolved), (failure.Id, failure.Cause));
        Assert.Contains("no-such-host.invalid:3306", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.Cause.IsOutage());
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2p1 Debian\r\n", "SSH-2.0-OpenSSH_9.2p1 Debian")]
    [InlineData("220 mail.example ESMTP\r\n", "220 mail.example ESMTP")]
    public async Task A_server_that_greets_in_another_protocol_is_not_MySql(string banner, string shown)
    {
        using Listener other = new(async client => await client.SendAsync(Encoding.ASCII.GetBytes(banner), Cancel));

        AcodeException failure = await FailureAsync(other.Port);

        Assert.Equal(("SourceIsNotMySql", FailureClass.Protocol), (failure.Id, failure.Cause));
        Assert.Contains(shown, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_HTTP_server_is_not_MySql()
    {
        using Listener http = new(async client =>
        {
            byte[] request = new byte[200];
            if (await client.ReceiveAsync(request, Cancel) > 0)
            {
                await client.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), Cancel);
            }
        });

        AcodeException failure = await FailureAsync(http.Port);

        Assert.Equal("SourceIsNotMySql", failure.Id);
        Assert.Contains("HTTP/1.1 400 Bad Request", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_hangs_up_at_once_is_a_fault_of_the_server()
    {
        using Listener broken = new(client => { client.Close(); return Task.CompletedTask; });

        AcodeException failure = await FailureAsync(broken.Port);

        Assert.Equal(("SourceServerFault", FailureClass.ServerFault), (failure.Id, failure.Cause));
    }

    [Theory]
    [InlineData(1040, "08004", "SourceTooManyConnections")]
    [InlineData(1129, "HY000", "SourceHostBlocked")]
    [InlineData(1130, "HY000", "SourceAccessDenied")]
    public async Task An_error_in_place_of_the_greeting_is_told_by_its_number(int number, string state, string id)
    {
        byte[] text = [255, (byte)number, (byte)(number >> 8), .. Encoding.ASCII.GetBytes($"#{state}no entry")];
        byte[] packet = [(byte)text.Length, 0, 0, 0, .. text];
        using Listener full = new(async client => await client.SendAsync(packet, Cancel));

        AcodeException failure = await FailureAsync(full.Port);

        Assert.Equal(id, failure.Id);
        Assert.False(failure.Cause.IsOutage());
    }

    [Fact]
    public async Task Silence_ends_with_the_callers_time()
    {
        using Listener silent = new(_ => Task.Delay(Timeout.Infinite, Cancel));

        await EndsWithItsTokenAsync(SourceUnderTest.OpenPort(silent.Port));
    }

    [Fact]
    public async Task A_black_hole_ends_with_the_callers_time()
    {
        // A listener that accepts nobody: when its queue is full, connection requests are swallowed.
        using Socket full = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(1);
        List<Socket> queue = [.. Enumerable.Range(0, 8).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false })];
        foreach (Socket one in queue)
        {
            try { await one.ConnectAsync(full.LocalEndPoint!, new CancellationTokenSource(200).Token); }
            catch (OperationCanceledException) { }
        }

        await EndsWithItsTokenAsync(SourceUnderTest.OpenPort(((IPEndPoint)full.LocalEndPoint!).Port));
        queue.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task A_credential_that_cannot_be_read_is_not_an_outage()
    {
        AcodeException away = new("SecretsManagerUnreachable", FailureClass.Unreachable, "Secrets Manager does not answer.");
        await using MySqlSource source = SourceUnderTest.Open(
            SourceUnderTest.Definition("127.0.0.1", 1, "nobody"), new OneCredential("none") { Before = _ => Task.FromException(away) });

        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => source.ProbeAsync(Cancel));

        Assert.Equal(("CredentialUnavailable", FailureClass.Unknown), (failure.Id, failure.Cause));
        Assert.Contains("Secrets Manager does not answer", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forbidden_credential_keeps_its_class()
    {
        AcodeException forbidden = new("AccessDenied", FailureClass.Permission, "May not read.") { Advice = "Ask for it." };
        await using MySqlSource source = SourceUnderTest.Open(
            SourceUnderTest.Definition("127.0.0.1", 1, "nobody"), new OneCredential("none") { Before = _ => Task.FromException(forbidden) });

        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => source.ProbeAsync(Cancel));

        Assert.Equal(("CredentialUnavailable", FailureClass.Permission, "Ask for it."), (failure.Id, failure.Cause, failure.Advice));
    }

    [Fact]
    public async Task A_deadline_that_comes_while_the_credential_is_read_is_not_an_outage()
    {
        // A holder that does not heed its token.
        await using MySqlSource source = SourceUnderTest.Open(
            SourceUnderTest.Definition("127.0.0.1", 1, "nobody"), new OneCredential("none") { Before = _ => Task.Delay(Timeout.Infinite, Cancel) });
        using CancellationTokenSource limit = new(100);

        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => source.ProbeAsync(limit.Token));

        Assert.Equal(("CredentialUnavailable", FailureClass.Unknown), (failure.Id, failure.Cause));
    }

    [Fact]
    public async Task Host_and_user_are_missing()
    {
        SourceDefinition bare = new() { Role = SourceRole.Backup, Credential = SourceUnderTest.Reference };
        await using MySqlSource source = SourceUnderTest.Open(bare, new OneCredential("none"));

        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => source.ProbeAsync(Cancel));

        Assert.Equal(("SourceHostMissing", FailureClass.InvalidInput), (failure.Id, failure.Cause));
    }

    private static async Task<AcodeException> FailureAsync(int port, string host = "127.0.0.1")
    {
        await using MySqlSource source = SourceUnderTest.OpenPort(port, host);
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => source.ProbeAsync(Cancel));
        Assert.StartsWith($"Primary source {host}:{port} ", failure.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(failure.Advice));
        Assert.Null(failure.InnerException);
        return failure;
    }

    private static async Task EndsWithItsTokenAsync(MySqlSource source)
    {
        await using (source)
        {
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(2));
            long started = Stopwatch.GetTimestamp();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => source.ProbeAsync(limit.Token));
            // Not a measurement: far less than the driver's own 15 s, far more than a slow machine needs.
            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8));
        }
    }

    /// <summary>A port on which a test decides what is said.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public Listener(Func<Socket, Task> talk)
        {
            _listener.Start();
            _ = AcceptAsync(talk);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose() => _listener.Dispose();

        private async Task AcceptAsync(Func<Socket, Task> talk)
        {
            try
            {
                while (true)
                {
                    Socket client = await _listener.AcceptSocketAsync();
                    _ = TalkAsync(client, talk);
                }
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException or InvalidOperationException)
            {
                // The test is over.
            }
        }

        private static async Task TalkAsync(Socket client, Func<Socket, Task> talk)
        {
            try
            {
                await talk(client);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The other side has gone.
            }
        }
    }
}
