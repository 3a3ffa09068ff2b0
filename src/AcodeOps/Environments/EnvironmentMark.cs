using System.Management.Automation;

namespace AcodeOps.Environments;

/// <summary>Marks environments with whether the session is connected to them.</summary>
internal static class EnvironmentMark
{
    private const string Property = "IsConnected";

    /// <summary>The environment with a property IsConnected.</summary>
    public static PSObject WithMark(this AcodeEnvironment environment)
    {
        // A copy: the mark is of this moment, and the session's own object lives on.
        PSObject marked = new(environment with { });
        marked.Properties.Add(new PSNoteProperty(Property, IsConnected(environment)));
        return marked;
    }

    private static bool IsConnected(AcodeEnvironment environment) =>
        ConnectedEnvironment.OfThisRunspace?.Installation.Environment is { } connected && connected.Name == environment.Name && connected.Path == environment.Path;
}
