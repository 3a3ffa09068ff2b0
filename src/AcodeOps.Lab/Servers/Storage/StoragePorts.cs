namespace AcodeOps.Lab.Servers.Storage;

/// <summary>The ports of the S3 server's parts, on 127.0.0.1.</summary>
/// <param name="Gateway">S3 itself.</param>
/// <param name="Monitor">The cluster's monitor.</param>
/// <param name="Disks">The first of a range in which the disk server looks for its own.</param>
public sealed record StoragePorts(int Gateway, int Monitor, int Disks)
{
    public static StoragePorts Free() => new(LoopbackPort.Free(), LoopbackPort.Free(), LoopbackPort.Free());
}
