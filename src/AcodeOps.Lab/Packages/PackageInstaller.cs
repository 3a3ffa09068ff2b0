using System.Text.RegularExpressions;

namespace AcodeOps.Lab.Packages;

/// <summary>Unpacks package trees into the cache. A tree is there completely or not at all.</summary>
/// <param name="say">Told one line for each tree that is installed.</param>
public sealed class PackageInstaller(Action<string> say)
{
    private static readonly string[] NotNeeded = ["doc", "man", "lintian", "bug", "locale", "info"];

    /// <summary>Makes sure that the tree is there; returns at once when it is.</summary>
    /// <exception cref="LabException">Something is missing on the machine, or the network is.</exception>
    public async Task InstallAsync(PackageTree tree, CancellationToken cancel)
    {
        if (Directory.Exists(tree.Folder))
        {
            return;
        }

        using IDisposable _ = await FileLock.TakeAsync(tree.Folder + ".lock", cancel);
        if (Directory.Exists(tree.Folder))
        {
            return;
        }

        say($"installing {string.Join(", ", tree.Packages)} ({tree.Suite}) into {LabCache.Display(tree.Folder)} …");
        AptSuite suite = new(tree.Suite);
        await suite.UpdateAsync(cancel);
        string[] packages = [.. (await suite.ResolveAsync(tree.Packages, cancel)).Where(p => !Regex.IsMatch(p, tree.Skipped))];
        string unpacked = tree.Folder + ".unpacking", downloads = tree.Folder + ".debs";
        Clear(unpacked);
        Clear(downloads);
        await suite.DownloadAsync(packages, downloads, cancel);
        Directory.CreateDirectory(unpacked);
        foreach (string package in Directory.GetFiles(downloads, "*.deb").Order(StringComparer.Ordinal))
        {
            ToolRun run = await ToolRun.RunAsync("dpkg-deb", ["-x", package, unpacked], cancel);
            if (run.ExitCode != 0)
            {
                throw new LabException($"{Path.GetFileName(package)} could not be unpacked into {LabCache.Display(unpacked)}: is the disk full? ({run.Tail(2)})");
            }
        }

        foreach (string name in NotNeeded)
        {
            Clear(Path.Combine(unpacked, "usr", "share", name));
        }

        File.WriteAllLines(Path.Combine(unpacked, "packages.txt"), packages);
        Clear(downloads);
        Directory.Move(unpacked, tree.Folder);
    }

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
