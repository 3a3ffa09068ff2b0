namespace AcodeOps.Secrets;

/// <summary>Who the caller is to AWS.</summary>
public interface ICallerIdentity
{
    /// <summary>The caller by STS GetCallerIdentity; asked once and kept.</summary>
    /// <exception cref="AcodeException">STS did not answer.</exception>
    Task<CallerIdentity> ReadAsync(CancellationToken cancel);
}

/// <summary>Account, ARN and user id as STS tells them.</summary>
public sealed record CallerIdentity(string Account, string Arn, string UserId);
