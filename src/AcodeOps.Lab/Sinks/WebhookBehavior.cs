namespace AcodeOps.Lab.Sinks;

/// <summary>How the webhook sink answers.</summary>
/// <param name="StatusCode">The status of each answer.</param>
/// <param name="DelayMilliseconds">How long an answer takes.</param>
public sealed record WebhookBehavior(int StatusCode = 200, int DelayMilliseconds = 0);
