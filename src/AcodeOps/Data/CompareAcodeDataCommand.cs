using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Comparing;
using AcodeOps.Data;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Compares tables of a source with the lake, or of the primary with the replica: which rows are missing, are there beyond those of the source, or come
/// twice, to the key. Of the lake only the objects' footers are read, and the rows of those ranges of keys whose counts differ. With
/// <c>-IncludeValue</c> all values are compared too, by checksums that the source's server computes. Where the environment names an engine for the lake,
/// Trino or Athena reads it instead of this machine. What was written too late to be there yet is in flight, and no difference. Changes nothing.
/// </summary>
[Needs(AccessRole.Viewer, Need.ReadSources, Need.ReadReplication, Need.AskAirbyte, Need.ReadLakes, Need.AskLakeEngine)]
[Cmdlet(VerbsData.Compare, "AcodeData", DefaultParameterSetName = "Lake")]
[OutputType(typeof(DataDifference), typeof(bool))]
public sealed class CompareAcodeDataCommand : EnvironmentCmdlet
{
    /// <summary>Only these tables, by name; wildcards are allowed. All of the environment without it.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string[]? Table { get; set; }

    /// <summary>Compare values too. Of the lake everything is read then, and the source's server reads the whole tables.</summary>
    [Parameter]
    public SwitchParameter IncludeValue { get; set; }

    /// <summary>The source to hold against the lake. Without it the replica where it answers and replicates, else the primary, else the replica as it is.</summary>
    [Parameter(ParameterSetName = "Lake")]
    public SourceRole? Source { get; set; }

    /// <summary>Compare the primary with the replica, and nothing of the lake. Both servers read the whole tables.</summary>
    [Parameter(ParameterSetName = "Replica", Mandatory = true)]
    public SwitchParameter Replica { get; set; }

    /// <summary>The most rows of a table that are read one by one where ranges differ; beyond it differences are counted, and the result says that it is not whole.</summary>
    [Parameter]
    [ValidateRange(1, 10_000_000)]
    public long MostRows { get; set; } = 100_000;

    /// <summary>The time limit for looking at each server, in seconds. The comparison itself takes what it takes.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSeconds { get; set; } = 5;

    /// <summary>Answer true (all Healthy) or false only.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        ComparisonRequest request = new()
        {
            Tables = NamedTables.Find(Installation.Environment, Table, WriteFailure),
            Source = Source,
            IsOfReplica = Replica,
            IncludesValues = IncludeValue,
            MostRows = MostRows,
            TimeoutSeconds = TimeoutSeconds,
        };
        Progress<string> progress = new(told => Tell(told));
        bool isHealthy = true;
        await foreach (DataDifference result in new DataComparer(Installation, progress).CompareAsync(request, cancel))
        {
            isHealthy &= result.Verdict == Verdict.Healthy;
            if (!Quiet)
            {
                WriteObject(result);
            }
        }

        if (Quiet)
        {
            WriteObject(isHealthy);
        }
    }
}
