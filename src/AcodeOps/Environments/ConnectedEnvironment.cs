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
    public static ConnectedEnvironment? OfThisRunspace
    {
        get => Runspace.DefaultRunspace is { } runspace && Connected.TryGetValue(runspace, out ConnectedEnvironment? found) ? found : null;
        set
        {
            Connected.Remove(Runspace.DefaultRunspace);
            if (value is not null)
            {
                Connected.Add(Runspace.DefaultRunspace, value);
            }
        }
    }
}
