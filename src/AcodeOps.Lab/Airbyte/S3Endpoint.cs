namespace AcodeOps.Lab.Airbyte;

/// <summary>The S3 server as Airbyte is told of it.</summary>
public sealed record S3Endpoint(Uri Endpoint, string Region, string AccessKeyId, string SecretAccessKey);
