namespace AcodeOps.Quality.Days;

/// <summary>What a check of days measured.</summary>
/// <param name="Value">The figure; null where it could not be told.</param>
/// <param name="Summary">It in words.</param>
public sealed record DayFigure(double? Value, string Summary)
{
    /// <summary>What it was made of.</summary>
    public IReadOnlyList<string> Evidence { get; init => field = value.ToArray(); } = [];
}
