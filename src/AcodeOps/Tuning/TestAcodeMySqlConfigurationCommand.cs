using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Shell;
using AcodeOps.Tuning.Settings;

namespace AcodeOps.Commands;

/// <summary>
/// Tests how the MySQL or MariaDB servers of the sources are set, by what they have counted since their start: what is proposed, why, what
/// it brings and costs, how it is set on just that version, and how to go back. What was set once is not proposed again, and nothing is ever
/// proposed that makes less sure that a committed row is kept. Changes nothing.
/// </summary>
[Needs(AccessRole.Viewer, Need.ReadSources, Need.ReadReplication)]
[Cmdlet(VerbsDiagnostic.Test, "AcodeMySqlConfiguration")]
[OutputType(typeof(Finding))]
public sealed class TestAcodeMySqlConfigurationCommand : EnvironmentCmdlet
{
    /// <summary>The sources; all of the environment without it.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public SourceRole[]? Source { get; set; }

    /// <summary>The memory of the servers' machines, in GB: no server tells it. Without it, rules about memory are left out, but for a server on this machine.</summary>
    [Parameter]
    [ValidateRange(0.1, 100_000)]
    public double? MemoryGB { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        SourceRole[] roles = [.. (Source ?? Installation.Environment.Sources.Select(source => source.Role)).Distinct()];
        foreach (SourceRole role in roles)
        {
            try
            {
                ServerSettings server = await SettingReader.ReadAsync(Installation, role, MemoryGB, cancel);
                foreach (SettingChange change in SettingAdvisor.Judge(server))
                {
                    WriteObject(SettingAdvisor.Finding(change, Installation.Source(role).Definition, server.Version));
                }
            }
            catch (AcodeException failure) when (roles.Length > 1)
            {
                WriteFailure(failure);
            }
        }
    }
}
