namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>Why an attempt failed, in the Configuration API's words.</summary>
/// <remarks>
/// Origin: source, destination, replication or airbyte_platform.
/// Type: config_error (never retried), system_error, transient_error or manual_cancellation.
/// </remarks>
internal sealed record JobFailure(string Origin, string Type, string ExternalMessage, string InternalMessage, DateTimeOffset At)
{
    public const string ConfigError = "config_error";

    public bool IsRetryable => Type is not ConfigError and not "manual_cancellation";
}
