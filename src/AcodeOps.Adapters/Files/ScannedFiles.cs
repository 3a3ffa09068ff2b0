using AcodeOps.Secrets.Scanning;

namespace AcodeOps.Adapters.Files;

/// <summary>Walks folders for the search for secrets. What .gitignore names is looked at: ignored files are where secrets lie.</summary>
internal sealed class ScannedFiles : IScannedFiles
{
    // The store of git is read by git; packages are other people's, and public.
    private static readonly Dictionary<string, string> LeftOut = new(StringComparer.Ordinal)
    {
        [".git"] = "git's own store, which -History reads",
        [".hg"] = "Mercurial's own store",
        [".svn"] = "Subversion's own store",
        ["node_modules"] = "packages of others; name the folder itself to have it looked at",
    };

    /// <inheritdoc />
    public IEnumerable<ScannedFile> Find(string path)
    {
        if (IsFile(path))
        {
            return [new ScannedFile(path)];
        }

        return IsFolder(path) ? Below(path) : throw new AcodeException("ScanPathMissing", FailureClass.NotFound, $"There is no file and no folder '{ServerText.Shown(path)}'.")
        {
            Advice = "Check the path.",
            Subject = path,
            IsFatal = false,
        };
    }

    /// <inheritdoc />
    public Stream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException or NotSupportedException)
        {
            throw Unreadable("ScanFileUnreadable", "file", path, e);
        }
    }

    /// <inheritdoc />
    public bool IsFolder(string path) => Directory.Exists(path);

    /// <inheritdoc />
    public bool IsFile(string path) => File.Exists(path);

    private static IEnumerable<ScannedFile> Below(string folder)
    {
        FileSystemInfo[] entries = [];
        ScannedFile? failed = null;
        try
        {
            entries = new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            failed = new ScannedFile(folder, Unreadable("ScanFolderUnreadable", "folder", folder, e));
        }

        if (failed is not null)
        {
            yield return failed;
        }

        Array.Sort(entries, (one, other) => string.CompareOrdinal(one.Name, other.Name));
        foreach (FileSystemInfo entry in entries)
        {
            if (entry.LinkTarget is not null)
            {
                yield return new ScannedFile(entry.FullName, LeftOut: "a link");
            }
            else if (entry is FileInfo file)
            {
                // Pipes, sockets and devices have no length either, and opening one may never end.
                yield return LengthOf(file) == 0 ? new ScannedFile(file.FullName, LeftOut: "empty") : new ScannedFile(file.FullName);
            }
            else if (LeftOut.TryGetValue(entry.Name, out string? why))
            {
                yield return new ScannedFile(entry.FullName, LeftOut: why);
            }
            else
            {
                foreach (ScannedFile below in Below(entry.FullName))
                {
                    yield return below;
                }
            }
        }
    }

    private static long? LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (IOException)
        {
            // It is gone: opening it tells.
            return null;
        }
    }

    private static AcodeException Unreadable(string id, string what, string path, Exception e) =>
        new(id, e is UnauthorizedAccessException ? FailureClass.Permission : FailureClass.ServerFault, $"The {what} '{ServerText.Shown(path)}' cannot be read: it is not known whether secrets are in it.", e)
        {
            Advice = "Check its rights, or leave it out of what is scanned.",
            Subject = path,
            IsFatal = false,
        };
}
