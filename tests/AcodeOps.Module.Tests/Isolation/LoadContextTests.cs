using System.Diagnostics;
using System.Reflection;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Isolation;

/// <summary>
/// AWS.Tools and others bring their own versions of our packages into the session. AWSSDK.Core 4.0.3.3 and 4.1.0 have the same assembly version, so only
/// the file versions tell which one is in use.
/// </summary>
public sealed class LoadContextTests : IDisposable
{
    private static readonly string OpenAdapters = $"""
        $module = Import-Module '{PackedModule.Manifest}' -PassThru
        $null = $module.ImplementingAssembly.GetType('AcodeOps.Composition.Adapters', $true).GetProperty('Open').GetValue($null)
        $own = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -eq AcodeOps
        """;

    private const string Show = """
        function Show($context, $name) {
            $assembly = $context.LoadFromAssemblyName([System.Reflection.AssemblyName]::new($name))
            "$name $([System.Diagnostics.FileVersionInfo]::GetVersionInfo($assembly.Location).FileVersion) $($assembly.Location)"
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("acode-isolation-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_module_uses_its_own_packages_although_the_session_has_older_ones()
    {
        string host = HostWithOlderPackages();
        string script = $$"""
            {{Show}}
            $session = [System.Runtime.Loader.AssemblyLoadContext]::Default
            $null = $session.LoadFromAssemblyPath('{{Path.Combine(host, "YamlDotNet.dll")}}')
            Show $session AWSSDK.Core
            Show $session YamlDotNet
            {{OpenAdapters}}
            Show $own AWSSDK.Core
            Show $own YamlDotNet
            Show $session AWSSDK.Core
            try { $null = $session.LoadFromAssemblyName([System.Reflection.AssemblyName]::new('{{OwnYamlDotNet().FullName}}')); 'no conflict' }
            catch [System.IO.IOException] { 'refused' }
            """;
        (int code, string[] output, string errors) = await HostProcess.RunAsync(script, host);

        Assert.True(code == 0, errors);
        Assert.Equal(
        [
            Line("AWSSDK.Core", host),
            Line("YamlDotNet", host),
            Line("AWSSDK.Core", PackedModule.Dependencies),
            Line("YamlDotNet", PackedModule.Dependencies),
            Line("AWSSDK.Core", host),
            // The control: without a context of its own the module would have got this.
            "refused",
        ], output);
        Assert.NotEqual(FileVersion("AWSSDK.Core", host), FileVersion("AWSSDK.Core", PackedModule.Dependencies));
        Assert.NotEqual(FileVersion("YamlDotNet", host), FileVersion("YamlDotNet", PackedModule.Dependencies));
    }

    [Fact]
    public async Task Importing_the_module_loads_its_two_assemblies_and_nothing_heavy()
    {
        const string Loaded = "[System.AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name }";
        (int code, string[] output, string errors) = await HostProcess.RunAsync(
            $"$before = {Loaded}; Import-Module '{PackedModule.Manifest}'; {Loaded} | Where-Object {{ $_ -notin $before }}");
        Assert.True(code == 0, errors);
        Assert.Contains("AcodeOps", output);
        Assert.Empty(output.Where(a => !a.StartsWith("System.", StringComparison.Ordinal)).Except(["AcodeOps", "AcodeOps.Core", "Microsoft.CSharp"]));
    }

    private static AssemblyName OwnYamlDotNet() => AssemblyName.GetAssemblyName(Path.Combine(PackedModule.Dependencies, "YamlDotNet.dll"));

    private static string FileVersion(string name, string folder) => FileVersionInfo.GetVersionInfo(Path.Combine(folder, name + ".dll")).FileVersion!;

    private static string Line(string name, string folder) => $"{name} {FileVersion(name, folder)} {Path.Combine(folder, name + ".dll")}";

    /// <summary>A host of its own: the lab's program with the packages of another time beside it.</summary>
    private string HostWithOlderPackages()
    {
        foreach (string file in Directory.EnumerateFiles(HostProcess.Folder, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_folder, Path.GetRelativePath(HostProcess.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        string packages = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "NuGetPackageRoot").Value!;
        File.Copy(Path.Combine(packages, "awssdk.core", "4.0.3.3", "lib", "net8.0", "AWSSDK.Core.dll"), Path.Combine(_folder, "AWSSDK.Core.dll"), overwrite: true);
        File.Copy(Path.Combine(packages, "yamldotnet", "13.7.1", "lib", "net7.0", "YamlDotNet.dll"), Path.Combine(_folder, "YamlDotNet.dll"), overwrite: true);
        return _folder;
    }
}
