using AcodeOps.Lab.Packages;

namespace AcodeOps.Lab.Driver.Testing;

/// <summary>A real <c>pwsh</c> and Pester for it, as NuGet serves them, in the lab's cache.</summary>
internal static class RealPowerShell
{
    private const string Version = "7.6.9";
    private const string PesterVersion = "6.2.0";

    private static string Shell => LabCache.Folder($"pwsh-{Version}");

    private static string Packages => LabCache.Folder($"pester-{PesterVersion}");

    /// <summary>The program and Pester's manifest; installs what is missing and says so.</summary>
    public static async Task<(string Program, string Pester)> FindAsync(Repository repository, CancellationToken cancel)
    {
        using IDisposable _ = await FileLock.TakeAsync(Shell + ".lock", cancel);
        string program = Path.Combine(Shell, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");
        if (!File.Exists(program))
        {
            Console.WriteLine($"installing PowerShell {Version} as a .NET tool into {LabCache.Display(Shell)} …");
            await ChildProcess.DotnetAsync(repository, "The installation of PowerShell", ["tool", "install", "PowerShell", "--version", Version, "--tool-path", Shell], cancel);
        }

        string pester = Path.Combine(Packages, "pester", PesterVersion, "tools", "Pester.psd1");
        if (!File.Exists(pester))
        {
            Console.WriteLine($"fetching Pester {PesterVersion} into {LabCache.Display(Packages)} …");
            await FetchPesterAsync(repository, cancel);
        }

        return (program, pester);
    }

    private static async Task FetchPesterAsync(Repository repository, CancellationToken cancel)
    {
        string folder = Directory.CreateTempSubdirectory("acodeops-pester-").FullName;
        try
        {
            string project = Path.Combine(folder, "pester.csproj");
            await File.WriteAllTextAsync(
                project,
                $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                  <ItemGroup><PackageDownload Include="Pester" Version="[{PesterVersion}]" /></ItemGroup>
                </Project>
                """,
                cancel);
            await ChildProcess.DotnetAsync(repository, "The download of Pester", ["restore", project, "--packages", Packages], cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
