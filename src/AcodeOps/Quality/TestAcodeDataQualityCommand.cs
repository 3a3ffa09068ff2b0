using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Data;
using AcodeOps.Quality;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Tests the data of the last closed days by rules: values that are missing (each column by itself), codes whose check digits or form are
/// wrong, amounts that are negative or absurd, times that cannot be, rows that come twice, days with fewer rows or pharmacies than usual.
/// Tables have rules of themselves, by their columns; the environment file adds others, and sets limits and owners. The replica is read,
/// page by page and never by a scan, or with <c>-Lake</c> the lake's Parquet. Changes nothing without <c>-Record</c>.
/// </summary>
[Needs(AccessRole.Viewer, Need.ReadSources, Need.ReadReplication, Need.AskAirbyte, Need.ReadLakes)]
[Needs(AccessRole.Operator, Need.LookAtStorages, Need.RecordQuality)]
[Cmdlet(VerbsDiagnostic.Test, "AcodeDataQuality", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = "Source")]
[OutputType(typeof(DataQualityResult), typeof(bool))]
public sealed class TestAcodeDataQualityCommand : EnvironmentCmdlet
{
    /// <summary>Only these tables, by name; wildcards are allowed. All of the environment without it.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string[]? Table { get; set; }

    /// <summary>How many closed days, by the rows' event date. Of a table without one, the newest 100,000 rows are tested.</summary>
    [Parameter]
    [ValidateRange(1, 31)]
    public int Days { get; set; } = 1;

    /// <summary>The last of the days. Without it, yesterday where the source is.</summary>
    [Parameter]
    public DateTime? Until { get; set; }

    /// <summary>The source to read. Without it the replica where it answers and replicates, else the primary, else the replica as it is.</summary>
    [Parameter(ParameterSetName = "Source")]
    public SourceRole? Source { get; set; }

    /// <summary>Read the lake's objects of the active route in place of a source. Days are not held against the weeks before.</summary>
    [Parameter(ParameterSetName = "Lake", Mandatory = true)]
    public SwitchParameter Lake { get; set; }

    /// <summary>The most rows of a table that are read; beyond it the result says that it is not whole.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000_000)]
    public long MostRows { get; set; } = 2_000_000;

    /// <summary>Put the results on record in the quarantine storage, with the keys of the rows that break rules and how to have them read again. <c>acode.data_quality_score</c> is the newest one's score.</summary>
    [Parameter]
    public SwitchParameter Record { get; set; }

    /// <summary>The time limit for looking at each server, in seconds. The reading itself takes what it takes.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSeconds { get; set; } = 5;

    /// <summary>Answer true (all Healthy) or false only.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        QualityRequest request = new()
        {
            Tables = NamedTables.Find(Installation.Environment, Table, WriteFailure),
            Days = Days,
            Until = Until is { } day ? DateOnly.FromDateTime(day) : null,
            Source = Source,
            IsOfLake = Lake,
            MostRows = MostRows,
            TimeoutSeconds = TimeoutSeconds,
        };
        Progress<string> progress = new(told => Tell(told));
        QualityRecord record = new(Installation);
        bool isHealthy = true;
        await foreach (DataQualityResult result in new QualityTester(Installation, progress).TestAsync(request, cancel))
        {
            isHealthy &= result.Verdict == Verdict.Healthy;
            DataQualityResult told = Record && ShouldProcess(result.Table, "Record data quality") ? await record.WriteAsync(result, cancel) : result;
            if (!Quiet)
            {
                WriteObject(told);
            }
        }

        if (Quiet)
        {
            WriteObject(isHealthy);
        }
    }
}
