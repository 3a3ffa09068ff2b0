namespace AcodeOps.Adapters.Files;

/// <summary>The folders in which the product keeps what must not be lost: one for each environment, readable by its user only.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The folder that the environment file names for waiting audit records; null where it names none.</summary>
    public static string? SpoolFolder(AcodeEnvironment environment) => environment.Audit.SpoolFolder is { Length: > 0 } given
        ? Path.GetFullPath(given, Path.GetDirectoryName(Path.GetFullPath(environment.Path))!)
        : null;

    /// <summary>The user's own place.</summary>
    /// <exception cref="IOException">The user has none.</exception>
    public static string UserData() => UserDataFolder.Find() ?? throw new IOException("This user has no home folder.");

    /// <summary>
    /// The environment's own folder in another: what is of one environment must not go to the bucket of another. No name may
    /// lead out of the folder.
    /// </summary>
    public static string Of(AcodeEnvironment environment, string parent) =>
        Path.Combine(parent, Uri.EscapeDataString(environment.Name).Replace(".", "%2E", StringComparison.Ordinal));

    /// <summary>Makes a folder and those above it. When this returns, they survive a power failure.</summary>
    public static void Make(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        string parent = Path.GetDirectoryName(folder)!;
        Make(parent);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, FolderMode);
        }

        DirectorySync.Flush(parent);
    }

    /// <summary>The options for a file that only this user may read.</summary>
    public static FileStreamOptions OwnFile(FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode;
        }

        return options;
    }
}
