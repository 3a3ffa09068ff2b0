namespace AcodeOps;

/// <summary>What follows from a failure's class.</summary>
public static class FailureClasses
{
    /// <summary>
    /// True for failures that mean "the other side is down", as opposed to "we may not" or "we asked wrongly".
    /// Only these may ever lead to an automatic switch.
    /// </summary>
    public static bool IsOutage(this FailureClass failure) => failure is
        FailureClass.ConnectionRefused or FailureClass.Unreachable or FailureClass.Timeout or FailureClass.ServerFault;

    /// <summary>
    /// The verdict on a server whose reachability was probed and which failed in this way. Outages are Failed; a server
    /// that is alive and overloaded is Degraded; whatever leaves its real state untold (a wrong password, a missing
    /// permission, a name that does not resolve) is Unknown.
    /// </summary>
    public static Verdict ReachabilityVerdict(this FailureClass failure) => failure switch
    {
        _ when failure.IsOutage() => Verdict.Failed,
        FailureClass.NotFound => Verdict.Failed,
        FailureClass.TooManyConnections or FailureClass.Throttled or FailureClass.ReadOnly => Verdict.Degraded,
        _ => Verdict.Unknown,
    };
}
