using AcodeOps.Documents;
using AcodeOps.Secrets.Scanning.Suppressing;

namespace AcodeOps.Secrets.Scanning;

/// <summary>What a path that is scanned belongs to: the folder from which its files are named, and the suppressions that hold there.</summary>
/// <param name="Folder">The nearest folder above that git keeps or that has a file of suppressions; else the scanned folder itself.</param>
/// <param name="Suppressions">The suppressions; null for none.</param>
/// <param name="IsWhole">True where all of it is scanned, so that a suppression that nothing fits is not needed.</param>
internal sealed record ScanRoot(string Folder, SuppressionFile? Suppressions, bool IsWhole)
{
    /// <summary>Finds it.</summary>
    /// <param name="path">The path that is scanned.</param>
    /// <param name="suppression">A file of suppressions that the operator names; null for the one that is there.</param>
    /// <param name="files">The files.</param>
    /// <param name="documents">Reads YAML.</param>
    /// <param name="clock">Tells today.</param>
    public static ScanRoot Find(string path, string? suppression, IScannedFiles files, IDocumentReader documents, TimeProvider clock)
    {
        string start = files.IsFolder(path) ? path : Path.GetDirectoryName(path) ?? path;
        string? root = start;
        while (root is not null && !Holds(files, root))
        {
            root = Path.GetDirectoryName(root);
        }

        root ??= start;
        string standard = Path.Combine(root, SuppressionFile.StandardName);
        string? chosen = suppression ?? (files.IsFile(standard) ? standard : null);
        return new ScanRoot(root, chosen is null ? null : SuppressionFile.Read(chosen, documents, clock), Path.TrimEndingDirectorySeparator(path) == Path.TrimEndingDirectorySeparator(root));
    }

    /// <summary>A file as it is named from the root, with slashes.</summary>
    public string Relative(string file) => Path.GetRelativePath(Folder, file).Replace('\\', '/');

    private static bool Holds(IScannedFiles files, string folder) =>
        files.IsFolder(Path.Combine(folder, ".git")) || files.IsFile(Path.Combine(folder, ".git")) || files.IsFile(Path.Combine(folder, SuppressionFile.StandardName));
}
