namespace AcodeOps.Quality.Days;

/// <summary>All kinds of checks of days.</summary>
public static class DayChecks
{
    /// <summary>By name.</summary>
    public static IReadOnlyList<DayCheck> All { get; } = [.. Discovered.Of<DayCheck>().OrderBy(check => check.Name, StringComparer.Ordinal)];

    /// <summary>One by its name; null for none.</summary>
    public static DayCheck? Find(string name) => All.FirstOrDefault(check => check.Name == name);
}
