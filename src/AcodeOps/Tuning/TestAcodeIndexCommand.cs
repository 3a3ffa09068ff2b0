using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Data;
using AcodeOps.Shell;
using AcodeOps.Tuning.Indexes;

namespace AcodeOps.Commands;

/// <summary>
/// Tests the indexes of the ingested tables by the statements that the pipeline really sends, its own and Airbyte's, as the server's EXPLAIN shows
/// them: which index is missing, which of the guide's five are of no use, which are kept up twice, hidden or used by nobody. What cannot be known is
/// told as Unknown. An index that was made as proposed is not proposed again. Changes nothing, and scans nothing.
/// </summary>
[Needs(AccessRole.Viewer, Need.ReadSources, Need.ReadStatements)]
[Cmdlet(VerbsDiagnostic.Test, "AcodeIndex")]
[OutputType(typeof(Finding))]
public sealed class TestAcodeIndexCommand : EnvironmentCmdlet
{
    /// <summary>The sources; all of the environment without it.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public SourceRole[]? Source { get; set; }

    /// <summary>Only these tables of the environment; wildcards are allowed. All without it.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string[]? Table { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        SourceRole[] roles = [.. (Source ?? Installation.Environment.Sources.Select(source => source.Role)).Distinct()];
        TableDefinition[] tables = NamedTables.Find(Installation.Environment, Table, WriteFailure);
        foreach (SourceRole role in roles)
        {
            try
            {
                ISource source = Installation.Source(role);
                foreach (IndexAdvice advice in IndexAdvisor.Judge(await source.Indexes.ReadAsync(tables, cancel)))
                {
                    WriteObject(IndexAdvisor.Finding(advice, source.Definition));
                }
            }
            catch (AcodeException failure) when (roles.Length > 1)
            {
                WriteFailure(failure);
            }
        }
    }
}
