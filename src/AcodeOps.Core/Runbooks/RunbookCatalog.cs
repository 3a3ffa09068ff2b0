namespace AcodeOps.Runbooks;

/// <summary>All kinds of runbooks: every class of this assembly that is one.</summary>
public static class RunbookCatalog
{
    /// <summary>The kinds, by name.</summary>
    public static IReadOnlyDictionary<string, RunbookKind> All { get; } = Discovered.Of<RunbookKind>()
        .ToDictionary(kind => kind.Name, StringComparer.Ordinal);
}
