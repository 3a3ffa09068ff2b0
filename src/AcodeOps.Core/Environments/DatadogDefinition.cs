namespace AcodeOps;

/// <summary>The organization at Datadog whose monitors are kept. It holds references to its keys, never the keys.</summary>
public sealed record DatadogDefinition
{
    /// <summary>Where its API is: that of the site US1 unless said otherwise.</summary>
    public Uri Url { get; init; } = new("https://api.datadoghq.com");

    /// <summary>Holds the API key.</summary>
    public required CredentialReference ApiKey { get; init; }

    /// <summary>Holds the application key; it needs the scopes <c>monitors_read</c> and <c>monitors_write</c>.</summary>
    public required CredentialReference ApplicationKey { get; init; }

    /// <summary>Who is told when a monitor fires, each as <c>@pagerduty-acode</c>.</summary>
    public IReadOnlyList<string> Notify { get; init => field = value.ToArray(); } = [];

    /// <inheritdoc />
    public override string ToString() => Url.Host;
}
