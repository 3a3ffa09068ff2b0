using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AcodeOps.Lab.Sinks.Otlp;

/// <summary>A receiver of OTLP for metrics on free loopback ports: over HTTP and by gRPC. It keeps what it accepts, and refuses what is not by the protocol.</summary>
public sealed class OtlpServer : IAsyncDisposable
{
    private const string HttpPath = "/v1/metrics";
    private const string GrpcPath = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedPoint> _points = new();
    private readonly ConcurrentQueue<IReadOnlyDictionary<string, string>> _headers = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private int _requests;

    private OtlpServer()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            // gRPC without TLS: HTTP/2 from the first byte.
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>How it answers from now on.</summary>
    public OtlpBehavior Behavior { get; set; } = new();

    /// <summary>Where it listens for HTTP.</summary>
    public Uri Http => Addresses[0];

    /// <summary>Where it listens for gRPC.</summary>
    public Uri Grpc => Addresses[1];

    /// <summary>How often it was asked.</summary>
    public int Requests => _requests;

    /// <summary>The data points that it accepted, in their order.</summary>
    public IReadOnlyList<ReceivedPoint> Points => [.. _points];

    /// <summary>The headers of each request.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Headers => [.. _headers];

    /// <summary>What was wrong with requests by the protocol.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    private Uri[] Addresses => [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];

    public static async Task<OtlpServer> StartAsync(CancellationToken cancel)
    {
        OtlpServer server = new();
        await server._app.StartAsync(cancel);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        bool isGrpc = context.Request.Protocol == "HTTP/2";
        int number = Interlocked.Increment(ref _requests);
        _headers.Enqueue(context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()));
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        OtlpBehavior behavior = number > Behavior.Times ? new() : Behavior;
        if (behavior.Hangs)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        if (behavior.Cuts)
        {
            context.Abort();
            return;
        }

        if (behavior.ShowsPage)
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<html>log in</html>", context.RequestAborted);
            return;
        }

        if (FaultOf(context.Request, isGrpc, body) is { } fault)
        {
            _faults.Enqueue(fault);
            behavior = new OtlpBehavior(isGrpc ? 3 : 400, fault);
        }

        byte[] partial = behavior.Rejected == 0 ? [] : Field(1, [.. Number(1, behavior.Rejected), .. Field(2, Encoding.UTF8.GetBytes(behavior.Message))]);
        await (isGrpc ? AnswerGrpcAsync(context.Response, behavior, partial) : AnswerHttpAsync(context.Response, behavior, partial));
    }

    private string? FaultOf(HttpRequest request, bool isGrpc, MemoryStream body)
    {
        if (request.Method != "POST" || request.Path != (isGrpc ? GrpcPath : HttpPath) || request.ContentType != (isGrpc ? "application/grpc" : "application/x-protobuf"))
        {
            return $"{request.Method} {request.Path} with {request.ContentType}";
        }

        ReadOnlyMemory<byte> message = body.ToArray();
        if (isGrpc)
        {
            if (message.Length < 5 || message.Span[0] != 0 || BinaryPrimitives.ReadInt32BigEndian(message.Span[1..]) != message.Length - 5)
            {
                return "a message that is not as long as its frame says";
            }

            message = message[5..];
        }

        try
        {
            IReadOnlyList<ReceivedPoint> points = OtlpRequest.Read(message);
            if (Behavior is { Status: null } || _requests > Behavior.Times)
            {
                points.ToList().ForEach(_points.Enqueue);
            }

            return null;
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }
    }

    private static async Task AnswerHttpAsync(HttpResponse response, OtlpBehavior behavior, byte[] partial)
    {
        response.StatusCode = behavior.Status ?? 200;
        response.ContentType = "application/x-protobuf";
        // A failure is told as google.rpc.Status.
        await response.Body.WriteAsync(response.StatusCode == 200 ? partial : Field(2, Encoding.UTF8.GetBytes(behavior.Message)));
    }

    private static async Task AnswerGrpcAsync(HttpResponse response, OtlpBehavior behavior, byte[] partial)
    {
        response.ContentType = "application/grpc";
        response.DeclareTrailer("grpc-status");
        if (behavior.Status is null)
        {
            byte[] frame = new byte[5 + partial.Length];
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), partial.Length);
            partial.CopyTo(frame, 5);
            await response.Body.WriteAsync(frame);
        }
        else
        {
            response.AppendTrailer("grpc-message", Uri.EscapeDataString(behavior.Message));
        }

        response.AppendTrailer("grpc-status", (behavior.Status ?? 0).ToString(CultureInfo.InvariantCulture));
    }

    private static byte[] Field(int number, byte[] content) => [(byte)((number << 3) | 2), .. Varint((ulong)content.Length), .. content];

    private static byte[] Number(int number, long value) => [(byte)(number << 3), .. Varint((ulong)value)];

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }
}
