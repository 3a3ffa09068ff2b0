using AcodeOps.Shell;

namespace AcodeOps.Data;

/// <summary>Completes the names of tables.</summary>
public sealed class TableNameCompleter : ConnectedNameCompleter
{
    /// <inheritdoc />
    protected override IEnumerable<(string Name, string? Tip)> Names(AcodeEnvironment environment) => environment.Tables.Select(table => (table.Name, (string?)null));
}
