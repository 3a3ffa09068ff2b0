using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Contract;

/// <summary>Machines are not all alike: a module folder that nobody may write, with blanks in its name, and accounts without a home.</summary>
public sealed class SurroundingsTests : IDisposable
{
    private const string Use = """
        Import-Module $env:ACODE_TRIED_MODULE -ErrorAction Stop
        $environment = Get-AcodeEnvironment -Path $env:ACODE_TRIED_FILE -ErrorAction Stop
        "$(@(Test-AcodeEnvironment $env:ACODE_TRIED_FILE | Where-Object Severity -eq Error).Count) $($environment.Name)"
        "health $(@(Test-AcodeHealth -Environment $environment -TimeoutSeconds 5 -WarningAction SilentlyContinue).Count -gt 0)"
        """;

    private static readonly string[] Expected = ["0 test", "health True"];

    private readonly LonelyEnvironment _environment = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("acode surroundings ").FullName;

    public void Dispose()
    {
        _environment.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Nothing_is_written_beside_the_module_and_blanks_in_its_path_do_no_harm()
    {
        string module = Path.Combine(_folder, "Program Files", "AcodeOps", "0.1.0");
        foreach (string file in Directory.EnumerateFiles(PackedModule.Folder, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(module, Path.GetRelativePath(PackedModule.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            File.SetAttributes(copy, FileAttributes.ReadOnly);
        }

        string[] before = Told(module);

        Assert.Equal(Expected, await SaidAsync(Path.Combine(module, "AcodeOps.psd1"), home: _folder));

        Assert.Equal(before, Told(module));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/nonexistent/home")]
    [InlineData("/sys/kernel")]
    public async Task Without_a_home_or_with_one_that_nobody_can_write_it_works(string? home) => Assert.Equal(Expected, await SaidAsync(PackedModule.Manifest, home));

    private async Task<string[]> SaidAsync(string manifest, string? home)
    {
        Dictionary<string, string?> variables = new()
        {
            ["ACODE_TRIED_MODULE"] = manifest,
            ["ACODE_TRIED_FILE"] = _environment.File,
            ["HOME"] = home,
            ["XDG_CONFIG_HOME"] = null,
            ["XDG_CACHE_HOME"] = null,
            ["XDG_DATA_HOME"] = null,
            ["LOCALAPPDATA"] = null,
        };
        (int code, string[] output, string errors) = await HostProcess.RunAsync(Use, variables: variables);
        Assert.True(code == 0 && errors.Length == 0, errors);
        return output;
    }

    private static string[] Told(string folder) => [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
        .Select(entry => $"{entry.FullName} {entry.LastWriteTimeUtc:O}").Order(StringComparer.Ordinal)];
}
