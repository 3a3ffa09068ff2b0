using System.Globalization;

namespace AcodeOps;

/// <summary>Something that a watch has seen change, or has done.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Verdict">How it is to be taken.</param>
/// <param name="Text">What, in a line.</param>
public sealed record WatchEvent(DateTimeOffset At, Verdict Verdict, string Text)
{
    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z {Verdict,-8} {Text}");
}
