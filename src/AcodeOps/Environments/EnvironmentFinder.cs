using System.Management.Automation;

namespace AcodeOps.Environments;

/// <summary>Finds the environment that a command means.</summary>
internal static class EnvironmentFinder
{
    public static AcodeEnvironment Find(EnvironmentArgument? argument, SessionState session) => throw new NotImplementedException();
}
