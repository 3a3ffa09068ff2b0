using AcodeOps.Lab.Servers;

namespace AcodeOps.Lab;

/// <summary>
/// The one folder of a lab: servers' data, logs, pid files, coordinates. A marker file says that it is a lab's (nothing else is ever emptied)
/// and who owns it: the process that started it, or nobody once the lab is to stay.
/// </summary>
public sealed class LabFolder
{
    private const string Marker = ".acodeops-lab";
    private const string Nobody = "detached";

    private LabFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>The folder of pid files and logs.</summary>
    public string Run => System.IO.Path.Combine(Path, "run");

    /// <summary>Every server of the lab that has a pid file.</summary>
    public IReadOnlyList<ServerProcess> Processes =>
        Directory.Exists(Run) ? [.. Directory.GetFiles(Run, "*.pid").Order(StringComparer.Ordinal).Select(f => new ServerProcess(Run, System.IO.Path.GetFileNameWithoutExtension(f)))] : [];

    private string MarkerFile => System.IO.Path.Combine(Path, Marker);

    private bool Exists => File.Exists(MarkerFile);

    public static bool IsLab(string path) => new LabFolder(System.IO.Path.GetFullPath(path)).Exists;

    /// <summary>A lab's folder as it is; nothing is changed.</summary>
    /// <exception cref="LabException">There is no lab.</exception>
    public static LabFolder Existing(string path)
    {
        LabFolder folder = new(System.IO.Path.GetFullPath(path));
        return folder.Exists ? folder : throw new LabException($"There is no lab in {folder.Path}.");
    }

    /// <summary>An empty folder owned by this process. What a dead owner left running there is ended first.</summary>
    /// <exception cref="LabException">A lab runs there, or the folder holds something else.</exception>
    public static async Task<LabFolder> ClaimAsync(string path)
    {
        LabFolder folder = new(System.IO.Path.GetFullPath(path));
        if (Directory.Exists(folder.Path) && Directory.EnumerateFileSystemEntries(folder.Path).Any())
        {
            if (!folder.Exists)
            {
                throw new LabException($"{folder.Path} is not empty and holds no lab: give the lab a folder of its own.");
            }

            if (folder.IsInUse)
            {
                throw new LabException($"A lab is already running in {folder.Path}: end it with 'lab down', or use another folder.");
            }

            await folder.EndProcessesAsync();
            folder.Delete();
        }

        Directory.CreateDirectory(folder.Run);
        PrivateFile.Write(folder.MarkerFile, ProcessIdentity.CurrentBoot + "\n" + File.ReadAllText("/proc/self/stat"));
        return folder;
    }

    /// <summary>Ends and deletes the labs in a folder's sub-folders whose owners died without cleaning up.</summary>
    public static async Task SweepAsync(string parent)
    {
        foreach (string path in Directory.Exists(parent) ? Directory.GetDirectories(parent) : [])
        {
            LabFolder folder = new(path);
            if (folder.Exists && !folder.IsInUse)
            {
                await folder.EndProcessesAsync();
                try
                {
                    folder.Delete();
                }
                catch (DirectoryNotFoundException)
                {
                    // Somebody else sweeps at the same time.
                }
            }
        }
    }

    /// <summary>From now on the lab runs without an owner, until somebody takes it down.</summary>
    public void Detach() => PrivateFile.Write(MarkerFile, Nobody);

    /// <summary>Ends every server by its pid file: all at once, the stubborn ones by SIGKILL.</summary>
    public Task EndProcessesAsync() => Task.WhenAll(Processes.Select(p => p.StopAsync(TimeSpan.FromSeconds(3))));

    /// <summary>Deletes the folder with everything in it.</summary>
    public void Delete()
    {
        if (!Exists)
        {
            return;
        }

        for (int left = 5; Directory.Exists(Path); left--)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException e) when (left > 0 && e is not DirectoryNotFoundException)
            {
                // A listing of a folder that is being emptied may leave entries out: what was left out is there the next time.
            }
        }
    }

    // Its owner lives, or it has none and something of it still runs.
    private bool IsInUse => ProcessIdentity.FromFile(MarkerFile) is { } owner ? owner.IsAlive : Processes.Any(p => p.IsAlive);
}
