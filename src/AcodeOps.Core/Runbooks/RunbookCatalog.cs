namespace AcodeOps.Runbooks;

/// <summary>All kinds of runbooks: every class of this assembly that is one.</summary>
public static class RunbookCatalog
{
    /// <summary>The kinds, by name.</summary>
    public static IReadOnlyDictionary<string, RunbookKind> All { get; } = typeof(RunbookCatalog).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(RunbookKind)))
        .Select(type => (RunbookKind)Activator.CreateInstance(type)!)
        .ToDictionary(kind => kind.Name, StringComparer.Ordinal);
}
