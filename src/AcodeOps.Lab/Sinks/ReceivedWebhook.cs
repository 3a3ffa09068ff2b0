namespace AcodeOps.Lab.Sinks;

/// <summary>One request that came to the webhook sink, and what it was answered.</summary>
public sealed record ReceivedWebhook(
    DateTimeOffset ReceivedAt, string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body, int AnsweredStatus);
