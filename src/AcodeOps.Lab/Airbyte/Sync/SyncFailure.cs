using AcodeOps.Lab.Airbyte.Store;

namespace AcodeOps.Lab.Airbyte.Sync;

/// <summary>A check, a discovery or an attempt failed, in Airbyte's words.</summary>
internal sealed class SyncFailure(string origin, string type, string message, Exception? cause = null) : Exception(message, cause)
{
    public JobFailure ToJobFailure() => new(origin, type, Message, InnerException is null ? Message : $"{InnerException.GetType().Name}: {InnerException.Message}", DateTimeOffset.UtcNow);
}
