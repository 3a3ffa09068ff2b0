namespace AcodeOps.Lab.Servers.Storage;

/// <summary>A user of the S3 server.</summary>
/// <param name="Name">The name.</param>
/// <param name="Key">The keys that requests are signed with.</param>
public sealed record StorageUser(string Name, StorageKey Key);
