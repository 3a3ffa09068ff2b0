namespace AcodeOps.Documents;

/// <summary>What a single value may be.</summary>
/// <param name="Expected">The expectation, to stand after "must be".</param>
/// <param name="TryRead">Reads the value; null when it is not what was expected.</param>
internal sealed record ValueKind<T>(string Expected, Func<ScalarNode, T?> TryRead)
{
    /// <summary>The rule that a wrong value breaks.</summary>
    public string Rule { get; init; } = "InvalidValue";

    /// <summary>What to do about a wrong value, where the expectation does not say it.</summary>
    public string? Remedy { get; init; }

    /// <summary>Mends a wrong value, where there is one way to.</summary>
    public Func<string, string?> Propose { get; init; } = _ => null;
}
