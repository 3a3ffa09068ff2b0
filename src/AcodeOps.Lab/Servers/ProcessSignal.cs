using System.Runtime.InteropServices;

namespace AcodeOps.Lab.Servers;

/// <summary>The signals that a lab sends. Their numbers are the same on x64 and arm64 Linux.</summary>
internal enum ProcessSignal
{
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}

internal static class ProcessSignals
{
    /// <summary>Sends the signal when this very process still runs.</summary>
    public static void Send(this ProcessIdentity process, ProcessSignal signal)
    {
        if (process.IsAlive)
        {
            _ = NativeKill(process.Pid, (int)signal);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int pid, int signal);
}
