using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Audit;
using AcodeOps.Shell;
using AcodeOps.Tuning.Settings;

namespace AcodeOps.Commands;

/// <summary>
/// Sets the servers of the sources as Test-AcodeMySqlConfiguration proposes: each change by itself, with consent, on record, by the statement of
/// just that version, and read back. What only the configuration file can change, or has to keep, is told as a line of it. A partner's server is
/// never changed: for it comes a request in English and Portuguese, ready to be sent.
/// </summary>
[Needs(AccessRole.Rotator, Need.ReadSources, Need.ReadReplication, Need.AdministerSources, Need.WriteAudit)]
[Cmdlet(VerbsCommon.Set, "AcodeMySqlConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(SettingResult), typeof(SettingRequest))]
public sealed class SetAcodeMySqlConfigurationCommand : EnvironmentCmdlet
{
    /// <summary>The source.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public SourceRole Source { get; set; }

    /// <summary>Only what these rules propose; wildcards are allowed. All without it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Rule { get; set; }

    /// <summary>The memory of the server's machine, in GB: no server tells it. Without it, rules about memory are left out, but for a server on this machine.</summary>
    [Parameter]
    [ValidateRange(0.1, 100_000)]
    public double? MemoryGB { get; set; }

    /// <summary>Why it is changed, for the record.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Reason { get; set; } = "";

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        ServerSettings server = await SettingReader.ReadAsync(Installation, Source, MemoryGB, cancel);
        NameFilter rules = new(Rule);
        SettingChange[] changes = [.. SettingAdvisor.Judge(server).Where(change => rules.IsMatch(change.Rule))];
        SourceDefinition source = Installation.Source(Source).Definition;
        if (source.IsPartners)
        {
            if (changes.Length > 0)
            {
                WriteObject(SettingRequest.Of(source, server.Version, changes));
            }

            return;
        }

        SettingApplier applier = new(Installation, Source, server.Version);
        foreach (SettingChange change in changes)
        {
            if (ShouldProcess($"{source} ({server.Version})", $"{change.Rule}: {change}. {change.Problem} {change.Risk}".TrimEnd()))
            {
                await ApplyAsync(applier, change, source, cancel);
            }
        }
    }

    private async Task ApplyAsync(SettingApplier applier, SettingChange change, SourceDefinition source, CancellationToken cancel)
    {
        AuditEvent about = new()
        {
            EventType = AuditEventType.ConfigurationChanged,
            Subject = $"{source}, {change.Variable}",
            Reason = Reason,
            Details = new Dictionary<string, object?> { ["act"] = "set a server's variable" },
        };
        try
        {
            WriteObject(await new AuditedAct(AuditTrail.Of(Installation, AuditSession.Origin(SessionState)), WriteWarning)
                .RunAsync(about, c => applier.ApplyAsync(change, c), result => $"{result}", cancel));
        }
        catch (AcodeException failure) when (!failure.IsFatal)
        {
            WriteFailure(failure);
        }
    }
}
