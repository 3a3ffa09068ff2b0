namespace AcodeOps;

/// <summary>
/// The one exception of the product: what happened, to what, and what to do next, with an id that scripts can rely on.
/// Messages never hold secrets.
/// </summary>
/// <param name="id">Stable, one per way of failing, no spaces, no data: <c>EnvironmentNotFound</c>.</param>
/// <param name="cause">The class, for decisions.</param>
/// <param name="message">One or two sentences for the operator.</param>
/// <param name="inner">The original exception, only if its text cannot hold a secret.</param>
public sealed class AcodeException(string id, FailureClass cause, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The stable id of this way of failing.</summary>
    public string Id { get; } = id;

    /// <summary>The class of the failure.</summary>
    public FailureClass Cause { get; } = cause;

    /// <summary>What to do next, as a sentence; null where the message says all.</summary>
    public string? Advice { get; init; }

    /// <summary>How long the server asks to wait before the next try; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What it happened to: a source, a storage, a file, a route.</summary>
    public object? Subject { get; init; }

    /// <summary>
    /// True (the default) where the whole command cannot go on; false where only one item of many failed.
    /// </summary>
    public bool IsFatal { get; init; } = true;
}
