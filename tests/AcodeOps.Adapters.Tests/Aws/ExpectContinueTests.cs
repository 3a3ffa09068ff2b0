using System.Net;
using System.Net.Sockets;
using AcodeOps.Adapters.Aws;

namespace AcodeOps.Adapters.Tests.Aws;

/// <summary>A write that was refused before its body was read spoils no other answer.</summary>
public sealed class ExpectContinueTests : IDisposable
{
    private readonly RefusingServer _server = new();
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously), _mayConnect = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpMessageInvoker _http;
    private int _connects;

    public ExpectContinueTests() => _http = new HttpMessageInvoker(new ExpectContinueHandler(Open));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Who_waits_for_a_connection_is_not_given_the_one_that_a_refusal_has_spoilt()
    {
        TaskCompletionSource mayAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.MayAnswer = mayAnswer.Task;
        Task<HttpResponseMessage> refused = WriteAsync("/refused");
        await _server.Asked.Task.WaitAsync(Cancel);
        Task<HttpResponseMessage> waits = ReadAsync();
        await _waiting.Task.WaitAsync(Cancel);
        mayAnswer.SetResult();
        using HttpResponseMessage no = await refused;
        Assert.Equal((HttpStatusCode.Forbidden, "no, "), (no.StatusCode, await no.Content.ReadAsStringAsync(Cancel)));
        _mayConnect.SetResult();
        using HttpResponseMessage answer = await waits;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_refusal_is_read_to_its_end_and_the_next_write_has_a_connection_of_its_own()
    {
        _mayConnect.SetResult();
        TaskCompletionSource mayTell = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.MayTell = mayTell.Task;
        using HttpResponseMessage refused = await WriteAsync("/refused");
        Task<string> text = refused.Content.ReadAsStringAsync(Cancel);
        using HttpResponseMessage taken = await WriteAsync("/taken");
        mayTell.SetResult();
        Assert.Equal((HttpStatusCode.OK, "no, "), (taken.StatusCode, await text));
        Assert.Equal(2, _server.Connections);
    }

    [Fact]
    public async Task Writes_that_are_taken_share_a_connection()
    {
        _mayConnect.SetResult();
        for (int i = 0; i < 5; i++)
        {
            using HttpResponseMessage taken = await WriteAsync("/taken");
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }

        Assert.Equal(1, _server.Connections);
    }

    // The second connection is held back, so that whoever needs it waits.
    private SocketsHttpHandler Open() => new()
    {
        Expect100ContinueTimeout = TimeSpan.FromSeconds(30),
        ConnectCallback = async (context, cancel) =>
        {
            if (Interlocked.Increment(ref _connects) > 1)
            {
                _waiting.TrySetResult();
                await _mayConnect.Task.WaitAsync(cancel);
            }

            Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    private Task<HttpResponseMessage> WriteAsync(string path) =>
        _http.SendAsync(new HttpRequestMessage(HttpMethod.Put, new Uri(_server.Address, path)) { Content = new ByteArrayContent("trial"u8.ToArray()) }, Cancel);

    private Task<HttpResponseMessage> ReadAsync() => _http.SendAsync(new HttpRequestMessage(HttpMethod.Get, _server.Address), Cancel);
}
