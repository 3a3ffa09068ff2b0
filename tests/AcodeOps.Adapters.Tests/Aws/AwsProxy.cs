using AcodeOps.Adapters.Aws;
using AcodeOps.Adapters.Storage;
using AcodeOps.Lab.Faults;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.Aws;

/// <summary>A way to the real S3 server that misbehaves when a test wants it to.</summary>
internal sealed class AwsProxy : IAsyncDisposable
{
    private readonly FaultProxy _proxy;
    private readonly CancellationTokenSource _end = new();
    private readonly AwsAccount _account;

    private AwsProxy(FaultProxy proxy, AwsDefinition definition, AwsSession session)
    {
        _proxy = proxy;
        Uri address = new($"http://127.0.0.1:{proxy.Port}");
        _account = new AwsAccount(definition with { Endpoints = definition.Endpoints with { S3 = address } }, session);
        _ = proxy.RunAsync(_end.Token);
    }

    public ProxyBehavior Behavior
    {
        set => _proxy.Behavior = value;
    }

    public static async Task<AwsProxy> StartAsync(AwsFixture aws)
    {
        (AwsDefinition definition, AwsSession session) = await aws.EnvironmentAsync();
        FaultProxy proxy = new(0, definition.Endpoints.S3!.Port);
        proxy.Start();
        return new AwsProxy(proxy, definition, session);
    }

    public S3ObjectStore Store(string bucket, StorageRole role) => new(new StorageDefinition { Role = role, Bucket = bucket }, _account);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _proxy.Dispose();
        _account.Dispose();
        _end.Dispose();
    }
}
