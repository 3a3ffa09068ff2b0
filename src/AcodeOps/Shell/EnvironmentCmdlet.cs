using System.Management.Automation;
using AcodeOps.Environments;

namespace AcodeOps.Shell;

/// <summary>A cmdlet that works on an installation.</summary>
public abstract class EnvironmentCmdlet : AcodeCmdlet
{
    private IInstallation? _own;
    private IInstallation? _installation;

    /// <summary>
    /// The environment: its name, the path of its file, or the object. Without it the connected one; without that
    /// <c>$env:ACODE_ENVIRONMENT</c>, then <c>./acode.yaml</c>.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(EnvironmentNameCompleter))]
    [ValidateNotNull]
    public EnvironmentArgument? Environment { get; set; }

    /// <summary>The installation, opened at first use: the connected one, or one of this command's own.</summary>
    private protected IInstallation Installation => _installation ??= Find();

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing && _own is { } own)
        {
            _own = null;
            own.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    private IInstallation Find()
    {
        if (Environment is null && ConnectedEnvironment.OfThisRunspace is { } connected)
        {
            return connected.Installation;
        }

        AcodeEnvironment environment = EnvironmentFinder.Find(Environment, SessionState);
        return _own = Composition.Adapters.Open.Open(environment, AwsToolsSession.Find(SessionState));
    }
}
