using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AcodeOps.Lab.Driver;
using AcodeOps.Lab.Driver.Packaging;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Packaging;

public sealed class PackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("acode-package-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Beside_the_manifest_are_only_our_own_assemblies()
    {
        Assert.Equal(["AcodeOps.Core.dll", "AcodeOps.dll"], Names(PackedModule.Folder, "*.dll"));
        Assert.Contains("AcodeOps.Adapters.deps.json", Names(PackedModule.Dependencies, "*"));
    }

    [Fact]
    public void The_dependencies_hold_no_second_Core_no_PowerShell_and_nothing_for_single_platforms()
    {
        string[] names = Names(PackedModule.Dependencies, "*.dll");
        Assert.Contains("AcodeOps.Adapters.dll", names);
        Assert.DoesNotContain("AcodeOps.Core.dll", names);
        Assert.DoesNotContain(names, n => n.StartsWith("System.Management.Automation", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateDirectories(PackedModule.Dependencies));
        Assert.Empty(Directory.EnumerateFiles(PackedModule.Folder, "*.pdb", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_gallery_package_holds_the_module_and_a_nuspec_that_says_the_same_as_the_manifest()
    {
        string package = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(PackedModule.Folder)!, "AcodeOps.*.nupkg"));
        using ZipArchive zip = ZipFile.OpenRead(package);
        string[] parts = ["AcodeOps.nuspec", "[Content_Types].xml", "_rels/.rels"];
        string[] files = [.. Directory.EnumerateFiles(PackedModule.Folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(PackedModule.Folder, f).Replace('\\', '/'))];
        Assert.Equal(files.Concat(parts).Order(StringComparer.Ordinal), zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));

        using Stream content = zip.GetEntry("AcodeOps.nuspec")!.Open();
        XElement metadata = XDocument.Load(content).Root!.Elements().Single();
        string Value(string name) => metadata.Elements().Single(e => e.Name.LocalName == name).Value;
        Assert.Equal("AcodeOps", Value("id"));
        Assert.Equal(Path.GetFileName(package), $"AcodeOps.{Value("version")}.nupkg");
        Assert.Contains("PSEdition_Core", Value("tags").Split(' '));
        Assert.NotEmpty(Value("description"));
    }

    [Fact]
    public void The_manifest_is_one_that_PowerShell_accepts()
    {
        using ModuleSession session = new(import: false);
        dynamic module = session.With("path", PackedModule.Manifest).Run("Test-ModuleManifest $path").Clean()[0].BaseObject;
        Assert.Equal("AcodeOps", (string)module.Name);
        Assert.Equal(new Version(7, 4), (Version)module.PowerShellVersion);
    }

    [Fact]
    public void An_archive_of_the_same_files_has_the_same_bytes()
    {
        ArchiveEntry[] entries = [new("b/c.txt", Encoding.UTF8.GetBytes("one")), new("a.txt", Encoding.UTF8.GetBytes("two"))];
        string one = Path.Combine(_folder, "one.zip");
        string other = Path.Combine(_folder, "other.zip");
        Archive.Write(one, entries);
        Archive.Write(other, entries.Reverse());
        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(other));
    }

    [Fact]
    public void The_bill_of_materials_names_every_assembly_with_its_hash_and_every_package_with_its_licence()
    {
        JsonNode bill = JsonNode.Parse(File.ReadAllText(Path.Combine(PackedModule.Folder, "AcodeOps.cdx.json")))!;
        JsonNode[] packages = [.. bill["components"]!.AsArray().Select(package => package!)];
        Assert.Equal(("CycloneDX", "1.6"), ((string)bill["bomFormat"]!, (string)bill["specVersion"]!));
        Dictionary<string, string> told = packages.Append(bill["metadata"]!["component"]!).SelectMany(package => package["components"]!.AsArray())
            .ToDictionary(file => (string)file!["name"]!, file => (string)file!["hashes"]![0]!["content"]!);
        Dictionary<string, string> there = Directory.EnumerateFiles(PackedModule.Folder, "*.dll", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(PackedModule.Folder, file).Replace('\\', '/'), file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))));
        Assert.Equal(there.OrderBy(file => file.Key, StringComparer.Ordinal), told.OrderBy(file => file.Key, StringComparer.Ordinal));
        Assert.All(packages, package => Assert.Contains((string)package["licenses"]![0]!["license"]!["id"]!, ShippedPackage.Permitted));
        Assert.All(packages, package => Assert.Equal($"pkg:nuget/{package["name"]}@{package["version"]}", (string)package["purl"]!));

        // And each has its reason, and its makers their notice.
        string reasons = File.ReadAllText(Path.Combine(Repository.Find().Root, "docs", "dependencies.md"));
        string notices = File.ReadAllText(Path.Combine(PackedModule.Folder, "THIRD-PARTY-NOTICES.txt"));
        Assert.All(packages, package => Assert.Contains($"  {package["name"]} {package["version"]}\n", notices, StringComparison.Ordinal));
        Assert.All(ShippedPackage.Permitted, licence => Assert.Contains($"\n{licence}\n", notices, StringComparison.Ordinal));
        Assert.All(packages.Select(package => ((string)package["name"]!).Split('.')[0]).Where(family => family is not "System"), family => Assert.Contains(family, reasons, StringComparison.Ordinal));
    }

    [Fact]
    public void The_packages_have_the_hashes_that_are_told_of_them()
    {
        string folder = Path.GetDirectoryName(PackedModule.Folder)!;
        string[] told = File.ReadAllLines(Assert.Single(Directory.GetFiles(folder, "AcodeOps.*.sha256")));
        Assert.Equal(2, told.Length);
        Assert.All(told, line => Assert.Equal(line[..64], Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, line[66..]))))));
    }

    private static string[] Names(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(folder, pattern).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
}
