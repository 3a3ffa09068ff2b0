using System.Management.Automation;

namespace AcodeOps.Environments;

/// <summary>Paths as the operator writes them: against the session's location, with <c>~</c> and drives.</summary>
internal static class SessionPath
{
    /// <summary>The file that is meant where none is named.</summary>
    public const string StandardFile = "acode.yaml";

    /// <summary>The full path of a file.</summary>
    /// <exception cref="AcodeException"><c>EnvironmentFileNotFound</c>: the drive does not exist or holds no files.</exception>
    public static string Resolve(string path, SessionState session)
    {
        try
        {
            string resolved = session.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);

            // In env:, cert: and the like, a relative path means the folder that the session was in last.
            return provider.Name == "FileSystem" ? resolved : Path.GetFullPath(path, session.Path.CurrentFileSystemLocation.ProviderPath);
        }
        catch (Exception e) when (e is RuntimeException or ArgumentException or NotSupportedException)
        {
            throw new AcodeException("EnvironmentFileNotFound", FailureClass.NotFound, $"'{path}' is not a path: {e.Message}")
            {
                Subject = path,
            };
        }
    }
}
