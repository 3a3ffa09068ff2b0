using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Contract;

/// <summary>The arrows between the assemblies: cmdlets -> Core, Adapters -> Core and packages, and no other.</summary>
public sealed class ArchitectureTests
{
    private static readonly string[] Ours = ["AcodeOps", "AcodeOps.Core", "AcodeOps.Adapters"];

    [Fact]
    public void Core_refers_to_the_class_library_alone() =>
        Assert.All(References(PackedModule.Folder, "AcodeOps.Core"), r => Assert.True(IsClassLibrary(r), r));

    [Fact]
    public void The_cmdlets_refer_to_Core_and_PowerShell_alone() =>
        Assert.Equal(["AcodeOps.Core", "System.Management.Automation"], References(PackedModule.Folder, "AcodeOps").Where(r => !IsClassLibrary(r)).Order(StringComparer.Ordinal));

    [Fact]
    public void The_adapters_refer_to_Core_and_to_packages_that_are_beside_them()
    {
        string[] beside = [.. Directory.EnumerateFiles(PackedModule.Dependencies, "*.dll").Select(Path.GetFileNameWithoutExtension).OfType<string>()];
        IEnumerable<string> others = References(PackedModule.Dependencies, "AcodeOps.Adapters").Where(r => !IsClassLibrary(r) && !beside.Contains(r));
        Assert.Equal(["AcodeOps.Core"], others.Order(StringComparer.Ordinal));
    }

    private static bool IsClassLibrary(string name) =>
        !Ours.Contains(name) && name != "System.Management.Automation" && File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll"));

    private static string[] References(string folder, string assembly)
    {
        using PEReader image = new(File.OpenRead(Path.Combine(folder, assembly + ".dll")));
        MetadataReader metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }
}
