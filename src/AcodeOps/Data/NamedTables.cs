using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>The tables of an environment that names and wildcards mean.</summary>
internal static class NamedTables
{
    /// <summary>The tables; all without names. A plain name that none has is reported.</summary>
    /// <exception cref="AcodeException"><c>TableNotDefined</c>: none has any of the names.</exception>
    public static TableDefinition[] Find(AcodeEnvironment environment, string[]? names, Action<AcodeException> report)
    {
        NameFilter filter = new(names);
        TableDefinition[] tables = [.. environment.Tables.Where(table => filter.IsMatch(table.Name))];
        foreach (string unknown in tables.Length > 0 ? filter.Unmatched : [])
        {
            report(NotDefined(environment, unknown, isFatal: false));
        }

        return tables.Length > 0 || names is null ? tables : throw NotDefined(environment, string.Join(", ", names), isFatal: true);
    }

    private static AcodeException NotDefined(AcodeEnvironment environment, string name, bool isFatal) => new(
        "TableNotDefined", FailureClass.NotFound, $"Environment '{environment.Name}' has no table '{name}'.")
    {
        Advice = $"It has {string.Join(", ", environment.Tables)}.",
        Subject = name,
        IsFatal = isFatal,
    };
}
