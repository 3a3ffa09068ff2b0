using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Audit;
using AcodeOps.Data;
using AcodeOps.Shell;
using AcodeOps.Tuning.Indexes;

namespace AcodeOps.Commands;

/// <summary>
/// Makes an index on an own server: while the table is read and written, hidden until the server's EXPLAIN uses it for a statement of the pipeline, and
/// dropped again where it does not. A replica's lag is watched, and the build is broken off when it is too high; nothing goes into a replica's binary
/// log. What is there is not made again, and what an interrupted run has left is gone on with. A partner's server is never changed: for it comes a
/// request in English and Portuguese.
/// </summary>
[Needs(AccessRole.Rotator, Need.ReadSources, Need.ReadReplication, Need.AdministerSources, Need.WriteAudit)]
[Cmdlet(VerbsCommon.New, "AcodeIndex", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = "Columns")]
[OutputType(typeof(IndexResult), typeof(IndexRequest))]
public sealed class NewAcodeIndexCommand : EnvironmentCmdlet
{
    /// <summary>The source.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Columns")]
    public SourceRole Source { get; set; }

    /// <summary>The table, one of the environment's.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Columns")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string Table { get; set; } = "";

    /// <summary>The columns, in order.</summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = "Columns")]
    [ValidateNotNullOrEmpty]
    public string[] Column { get; set; } = [];

    /// <summary>Findings of Test-AcodeIndex: the index that each proposes is made; those that propose none are left alone.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Finding")]
    [ValidateNotNull]
    public Finding InputObject { get; set; } = null!;

    /// <summary>Its name; without it, one that begins with acode_.</summary>
    [Parameter(ParameterSetName = "Columns")]
    [ValidateLength(1, 64)]
    public string? Name { get; set; }

    /// <summary>So far a replica may fall behind meanwhile, in seconds. When it is further behind, or does not tell for so long, the build is broken off.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int MaximumLagSeconds { get; set; } = 30;

    /// <summary>Why it is made, for the record.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Reason { get; set; } = "";

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        (SourceRole role, string table, string[] columns)? wanted = ParameterSetName == "Columns" ? (Source, Table, Column) : IndexDefinition.Of(InputObject);
        if (wanted is not var (role, table, columns))
        {
            WriteVerbose($"{InputObject.Rule} proposes no index.");
            return;
        }

        IndexDefinition index = new() { Table = NamedTables.Find(Installation.Environment, [WildcardPattern.Escape(table)], WriteFailure)[0], Columns = columns, Name = Name };
        SourceDefinition source = Installation.Source(role).Definition;
        IndexBuilder builder = new(Installation, role);
        IndexPlan plan = await builder.PlanAsync(index, cancel);
        if (plan.Present is not null)
        {
            WriteObject(IndexResult.Of(role, plan, IndexStatus.Present));
        }
        else if (source.IsPartners)
        {
            WriteObject(IndexRequest.Of(source, plan));
        }
        else if (ShouldProcess($"{source} ({plan.Version})", plan.Question))
        {
            Progress<string> progress = new(step => Tell(step, activity: $"{plan}"));
            AuditEvent about = new()
            {
                EventType = AuditEventType.ConfigurationChanged,
                Subject = $"{source}, {plan}",
                Reason = Reason,
                Details = new Dictionary<string, object?> { ["act"] = "make an index", ["statement"] = plan.Statement },
            };
            WriteObject(await new AuditedAct(AuditTrail.Of(Installation, AuditSession.Origin(SessionState)), WriteWarning)
                .RunAsync(about, c => builder.BuildAsync(index, TimeSpan.FromSeconds(MaximumLagSeconds), progress, c), result => $"{result}", cancel));
        }
    }
}
