namespace AcodeOps.Lab.Servers.Storage;

/// <summary>A key pair of the S3 server; made at the start of the lab.</summary>
public sealed record StorageKey(string AccessKey, string SecretKey)
{
    public static StorageKey New() => new("LAB" + LabPassword.New(17).ToUpperInvariant(), LabPassword.New(40));
}
