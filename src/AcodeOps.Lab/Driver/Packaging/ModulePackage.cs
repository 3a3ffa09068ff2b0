using System.Text.Json;
using System.Text.RegularExpressions;
using AcodeOps.Lab.Driver.Packaging.Help;

namespace AcodeOps.Lab.Driver.Packaging;

/// <summary>The module as users get it: a folder to import, and the same as a gallery package and as a zip.</summary>
internal sealed partial class ModulePackage(Repository repository)
{
    /// <summary>Builds what changed and lays the package out; does nothing when it was made from these very sources.</summary>
    /// <param name="built">The Release build is already done.</param>
    /// <param name="cancel">Stops the build.</param>
    public Task MakeAsync(bool built, CancellationToken cancel) =>
        Stamp.OfSources(repository, "package").OnceAsync(File.Exists(repository.Manifest), () => MakeAnewAsync(built, cancel));

    private async Task MakeAnewAsync(bool built, CancellationToken cancel)
    {
        if (!built)
        {
            await ChildProcess.DotnetAsync(
                repository, "The build of the module", ["build", "src/AcodeOps", "-c", "Release", "-v", "q", "-nologo", "-clp:NoSummary"], cancel);
        }

        string fresh = repository.Module + ".new";
        DeleteFolder(fresh);
        LayOut(fresh);
        string version = ModuleVersion(fresh);
        TellWhatIsInside(fresh, version);
        DeleteFolder(repository.Module);
        Directory.Move(fresh, repository.Module);
        foreach (string old in Directory.EnumerateFiles(repository.Out, "AcodeOps.*").Where(f => f.EndsWith(".nupkg", StringComparison.Ordinal)
            || f.EndsWith(".zip", StringComparison.Ordinal) || f.EndsWith(".sha256", StringComparison.Ordinal)))
        {
            File.Delete(old);
        }

        string stem = Path.Combine(repository.Out, $"AcodeOps.{version}");
        Archive.Write(stem + ".zip", FilesOf("AcodeOps/"));
        Archive.Write(stem + ".nupkg", [.. FilesOf(""), .. GalleryParts.For(repository.Manifest, version)]);
        Checksums.Write(stem + ".sha256", stem + ".nupkg", stem + ".zip");
    }

    private void LayOut(string folder)
    {
        string faceBin = Path.Combine(repository.Binaries, "AcodeOps", "release");
        string adaptersBin = Path.Combine(repository.Binaries, "AcodeOps.Adapters", "release");
        string face = Path.Combine(repository.Root, "src", "AcodeOps");
        Copy(Path.Combine(repository.Root, "AcodeOps.psd1"), folder);
        Copy(Path.Combine(repository.Root, "LICENSE"), folder);
        Copy(Path.Combine(repository.Root, "CHANGELOG.md"), folder);
        Copy(Path.Combine(face, "AcodeOps.format.ps1xml"), folder);
        Copy(Path.Combine(faceBin, "AcodeOps.dll"), folder);
        Copy(Path.Combine(faceBin, "AcodeOps.Core.dll"), folder);
        CopyFolder(Path.Combine(face, "schema"), Path.Combine(folder, "schema"));
        HelpFiles.Write(repository, faceBin, folder);

        string manifest = Path.Combine(adaptersBin, "AcodeOps.Adapters.deps.json");
        Copy(manifest, Path.Combine(folder, "dependencies"));
        foreach (string assembly in RuntimeAssemblies(manifest))
        {
            Copy(Path.Combine(adaptersBin, assembly), Path.Combine(folder, "dependencies"));
        }
    }

    private void TellWhatIsInside(string folder, string version)
    {
        IReadOnlyList<ShippedPackage> packages = ShippedPackage.Read(
            Path.Combine(folder, "dependencies", "AcodeOps.Adapters.deps.json"), Path.Combine(repository.Root, "artifacts", "obj", "AcodeOps.Adapters", "project.assets.json"));
        BillOfMaterials.Write(folder, version, packages);
        ThirdPartyNotices.Write(folder, packages, Path.Combine(repository.Root, "docs", "licences"));
    }

    /// <summary>The list the build keeps, not the folder: a package that was dropped may have left its files there.</summary>
    private static IEnumerable<string> RuntimeAssemblies(string manifest)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(manifest));
        List<string> assemblies = [];
        foreach (JsonProperty target in document.RootElement.GetProperty("targets").EnumerateObject())
        {
            foreach (JsonProperty library in target.Value.EnumerateObject())
            {
                if (library.Value.TryGetProperty("runtimeTargets", out _))
                {
                    throw new DriverException($"{library.Name} carries files for single platforms: the module is one package for all of them.");
                }

                if (library.Value.TryGetProperty("runtime", out JsonElement runtime))
                {
                    assemblies.AddRange(runtime.EnumerateObject().Select(f => Path.GetFileName(f.Name)));
                }
            }
        }

        // Core lives in the default load context: a second copy beside the packages would be a second set of types.
        return assemblies.Where(a => a != "AcodeOps.Core.dll").Distinct();
    }

    private static string ModuleVersion(string module)
    {
        string stated = VersionLine().Match(File.ReadAllText(Path.Combine(module, "AcodeOps.psd1"))).Groups[1].Value;
        string? built = System.Diagnostics.FileVersionInfo.GetVersionInfo(Path.Combine(module, "AcodeOps.dll")).ProductVersion?.Split('+')[0];
        return stated == built ? stated : throw new DriverException($"AcodeOps.psd1 says version {stated}, Directory.Build.props says {built}.");
    }

    private List<ArchiveEntry> FilesOf(string prefix) =>
        [.. Directory.EnumerateFiles(repository.Module, "*", SearchOption.AllDirectories)
            .Select(f => new ArchiveEntry(prefix + Path.GetRelativePath(repository.Module, f).Replace('\\', '/'), File.ReadAllBytes(f)))];

    private static void Copy(string file, string folder)
    {
        if (!File.Exists(file))
        {
            throw new DriverException($"The package lacks {Path.GetFileName(file)}: {file} does not exist.");
        }

        Directory.CreateDirectory(folder);
        File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    private static void CopyFolder(string source, string target)
    {
        if (Directory.Exists(source))
        {
            foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            {
                Copy(file, Path.GetDirectoryName(Path.Combine(target, Path.GetRelativePath(source, file)))!);
            }
        }
    }

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex(@"^\s*ModuleVersion\s*=\s*'([^']+)'", RegexOptions.Multiline)]
    private static partial Regex VersionLine();
}
