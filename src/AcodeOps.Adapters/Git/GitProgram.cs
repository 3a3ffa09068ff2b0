using System.ComponentModel;
using System.Diagnostics;

namespace AcodeOps.Adapters.Git;

/// <summary>
/// The program git, started so that it reads and does nothing else: without a shell, without what the repository's or the
/// user's configuration would have it run (hooks, pagers, monitors, filters, signature checks, fetches), without questions.
/// </summary>
internal static class GitProgram
{
    private static readonly string[] Harmless =
    [
        "--no-pager", "--no-replace-objects", "--no-optional-locks", "--literal-pathspecs",
        "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "log.showSignature=false", "-c", "protocol.allow=never", "-c", "core.alternateRefsCommand=",
        // What is read here runs nothing of the repository's, so whose it is does not matter: in a container it is often another's.
        "-c", "safe.directory=*",
    ];

    /// <summary>Starts it in a folder.</summary>
    /// <exception cref="AcodeException"><c>GitMissing</c>.</exception>
    public static Process Start(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new("git", [.. Harmless, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";
        start.Environment["GIT_ATTR_NOSYSTEM"] = "1";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_NO_LAZY_FETCH"] = "1";
        start.Environment["GIT_ALLOW_PROTOCOL"] = "";
        start.Environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new AcodeException("GitMissing", FailureClass.NotFound, "The history cannot be read: the program git is not on this machine's path.", e)
            {
                Advice = "Install git, or leave out -History.",
                Subject = folder,
            };
        }
    }
}
