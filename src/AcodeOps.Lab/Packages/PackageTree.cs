using System.Runtime.InteropServices;

namespace AcodeOps.Lab.Packages;

/// <summary>A server unpacked from Debian packages with everything it needs, down to its own C library and loader, so that it runs on any host.</summary>
/// <param name="Name">The folder's name in the cache.</param>
/// <param name="Suite">The Debian suite that its packages come from.</param>
/// <param name="Packages">What is asked for; dependencies follow.</param>
/// <param name="Skipped">A regular expression of dependencies that only scripts need.</param>
public sealed record PackageTree(string Name, string Suite, IReadOnlyList<string> Packages, string Skipped)
{
    private static readonly (string Triplet, string Loader) Machine = RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => ("x86_64-linux-gnu", "ld-linux-x86-64.so.2"),
        Architecture.Arm64 => ("aarch64-linux-gnu", "ld-linux-aarch64.so.1"),
        Architecture other => throw new LabException($"The lab has servers for x64 and arm64 machines only, and this one is {other}."),
    };

    public string Folder => LabCache.Folder(Name);

    /// <summary>The folder of the tree's libraries and plug-ins.</summary>
    public string Libraries => Path.Combine(Folder, "usr", "lib", Machine.Triplet);

    public string File(string relativePath) => Path.Combine(Folder, relativePath);

    /// <summary>The command that runs one of the tree's programs: its own loader with its own libraries only.</summary>
    public IReadOnlyList<string> Command(string program, params IEnumerable<string> arguments)
    {
        string[] folders = [Path.Combine(Folder, "lib", Machine.Triplet), Libraries, Path.Combine(Libraries, "ceph")];
        string loader = folders.Select(f => Path.Combine(f, Machine.Loader)).FirstOrDefault(System.IO.File.Exists)
            ?? throw new LabException($"{LabCache.Display(Folder)} is not complete: delete it, and it is unpacked again at the next start.");
        string path = File(program);
        return [loader, "--library-path", string.Join(':', folders), "--argv0", path, path, .. arguments];
    }

    /// <summary>The command that runs a Python program of the tree, with <see cref="PythonEnvironment"/>.</summary>
    public IReadOnlyList<string> PythonCommand(params IEnumerable<string> arguments)
    {
        string python = Directory.GetFiles(File("usr/bin"), "python3.*").Order(StringComparer.Ordinal).First(f => char.IsAsciiDigit(f[^1]));
        return Command(Path.GetRelativePath(Folder, python), arguments);
    }

    /// <summary>What the tree's Python needs to find its own modules, and none of the machine's.</summary>
    public IReadOnlyDictionary<string, string> PythonEnvironment => new Dictionary<string, string>
    {
        ["PYTHONHOME"] = File("usr"),
        ["PYTHONPATH"] = File("usr/lib/python3/dist-packages"),
        ["PYTHONNOUSERSITE"] = "1",
        // Compiled modules are kept in the cache, not in the packages: they may belong to another user.
        ["PYTHONPYCACHEPREFIX"] = LabCache.Folder(Name + "-compiled"),
        // Empty is off: whatever the caller's own setting is, modules are compiled once and not at every start.
        ["PYTHONDONTWRITEBYTECODE"] = "",
    };
}
