namespace AcodeOps.Lab.Servers.Services;

/// <summary>The ports of the lab's own small services, all on 127.0.0.1.</summary>
/// <param name="Keys">The key service of the S3 server, and the door by which faults are switched.</param>
/// <param name="Webhooks">The webhook sink.</param>
/// <param name="Metrics">The DogStatsD sink (UDP).</param>
/// <param name="Datadog">What plays Datadog.</param>
/// <param name="Storage">The fault proxy before the S3 server: what users of the lab connect to.</param>
/// <param name="StorageServer">The S3 server behind it.</param>
/// <param name="Silent">Takes connections and never answers.</param>
/// <param name="Deaf">Connecting never ends.</param>
public sealed record ServicePorts(int Keys, int Webhooks, int Metrics, int Datadog, int Storage, int StorageServer, int Silent, int Deaf)
{
    public static ServicePorts Free(int storageServer) =>
        new(LoopbackPort.Free(), LoopbackPort.Free(), LoopbackPort.Free(), LoopbackPort.Free(), LoopbackPort.Free(), storageServer, LoopbackPort.Free(), LoopbackPort.Free());
}
