namespace AcodeOps.Lab.Faults;

/// <summary>What the fault proxy does with each request.</summary>
/// <param name="Mode">Pass it on untouched, answer an error, or say nothing.</param>
/// <param name="StatusCode">The status of the error.</param>
/// <param name="DelayMilliseconds">How long each request waits first, in any mode.</param>
public sealed record ProxyBehavior(ProxyMode Mode = ProxyMode.Pass, int StatusCode = 503, int DelayMilliseconds = 0);
