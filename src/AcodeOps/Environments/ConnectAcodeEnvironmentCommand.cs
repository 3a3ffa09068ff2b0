using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Environments;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Makes an environment the one that commands of this session mean when they name none. Its servers are reached when they
/// are needed, not now. The environment that was connected before is disconnected.
/// </summary>
[Needs(AccessRole.Everyone)]
[Cmdlet(VerbsCommunications.Connect, "AcodeEnvironment")]
[OutputType(typeof(AcodeEnvironment))]
public sealed class ConnectAcodeEnvironmentCommand : AcodeCmdlet
{
    /// <summary>
    /// The environment: its name, the path of its file, both as <c>path#name</c>, or the object. Without it
    /// <c>$env:ACODE_ENVIRONMENT</c>, then <c>./acode.yaml</c>.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(EnvironmentNameCompleter))]
    [ValidateNotNull]
    public EnvironmentArgument? Environment { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        AcodeEnvironment environment = EnvironmentFinder.Find(Environment, SessionState);
        await ConnectedEnvironment.ReplaceAsync(Composition.Adapters.Open.Open(environment, AwsToolsSession.Find(SessionState)));
        WriteObject(environment.WithMark());
    }
}
