using System.Globalization;

namespace AcodeOps;

/// <summary>How far the replica was behind, and when that was known.</summary>
/// <param name="Seconds">How far, in seconds.</param>
/// <param name="At">When it told so, UTC.</param>
public sealed record KnownLag(double Seconds, DateTimeOffset At)
{
    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seconds:0.#} s behind at {At.UtcDateTime:HH:mm:ss}Z");
}
