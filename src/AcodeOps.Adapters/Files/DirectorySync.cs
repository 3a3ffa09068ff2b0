using System.ComponentModel;
using System.Runtime.InteropServices;

namespace AcodeOps.Adapters.Files;

/// <summary>
/// Makes the names in a folder survive a power failure: on Unix a file's own fsync does not cover its name. Windows
/// needs none of it, as NTFS journals names.
/// </summary>
internal static class DirectorySync
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a folder's entries to the disk.</summary>
    /// <exception cref="IOException">The disk did not take them.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int handle = Open(folder, ReadOnly);
        if (handle < 0)
        {
            throw Failure(folder);
        }

        try
        {
            if (Fsync(handle) != 0)
            {
                throw Failure(folder);
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Failure(string folder)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"{new Win32Exception(error).Message} : '{folder}'", error);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
