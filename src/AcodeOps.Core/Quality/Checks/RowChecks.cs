namespace AcodeOps.Quality.Checks;

/// <summary>All kinds of checks of rows.</summary>
public static class RowChecks
{
    /// <summary>By name.</summary>
    public static IReadOnlyList<RowCheck> All { get; } = [.. Discovered.Of<RowCheck>().OrderBy(check => check.Name, StringComparer.Ordinal)];

    /// <summary>One by its name; null for none.</summary>
    public static RowCheck? Find(string name) => All.FirstOrDefault(check => check.Name == name);
}
