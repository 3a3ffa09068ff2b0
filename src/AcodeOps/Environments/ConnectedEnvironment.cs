using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace AcodeOps.Environments;

/// <summary>The environment that a runspace is connected to; parallel runspaces do not share it.</summary>
internal sealed class ConnectedEnvironment(IInstallation installation)
{
    private static readonly ConditionalWeakTable<Runspace, ConnectedEnvironment> Connected = [];

    /// <summary>The open installation.</summary>
    public IInstallation Installation { get; } = installation;

    /// <summary>The one of the running runspace, or null.</summary>
    public static ConnectedEnvironment? OfThisRunspace =>
        Runspace.DefaultRunspace is { } runspace && Connected.TryGetValue(runspace, out ConnectedEnvironment? found) ? found : null;

    /// <summary>Connects the running runspace to an installation, or to none, and closes the one before.</summary>
    public static async Task ReplaceAsync(IInstallation? installation)
    {
        ConnectedEnvironment? former = OfThisRunspace;
        if (installation is not null)
        {
            Connected.AddOrUpdate(Runspace.DefaultRunspace, new ConnectedEnvironment(installation));
        }
        else if (former is not null)
        {
            Connected.Remove(Runspace.DefaultRunspace);
        }

        if (former is not null)
        {
            await former.Installation.DisposeAsync();
        }
    }
}
