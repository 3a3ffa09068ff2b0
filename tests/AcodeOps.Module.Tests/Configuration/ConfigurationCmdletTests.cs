using System.Management.Automation;
using AcodeOps.Lab.Driver;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Configuration;

/// <summary>Test-AcodeConfiguration over the project that comes with the examples, and over a copy that has been spoilt.</summary>
public sealed class ConfigurationCmdletTests : IDisposable
{
    private static readonly string Example = Path.Combine(Repository.Find().Root, "Examples", "airbyte");
    private readonly string _folder = Directory.CreateTempSubdirectory("acode-configuration-").FullName;
    private readonly ModuleSession _session = new();

    public ConfigurationCmdletTests()
    {
        foreach (string file in Directory.EnumerateFiles(Example, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_folder, "airbyte", Path.GetRelativePath(Example, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        _session.With("folder", _folder).Run("$ExecutionContext.SessionState.Path.SetLocation($folder); $null = New-AcodeEnvironment").Clean();
        string environment = Path.Combine(_folder, "acode.yaml");
        File.WriteAllText(environment, File.ReadAllText(environment).Replace("    kubernetes:", "    configuration: { folder: airbyte, overlay: staging }\n\n    kubernetes:", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_example_is_without_fault()
    {
        Assert.Empty(_session.Run("Test-AcodeConfiguration -Offline").Clean());
        Assert.Empty(_session.With("example", Example).Run("Test-AcodeConfiguration -Offline $example").Clean());
        Assert.True((bool)_session.Run("Test-AcodeConfiguration -Offline ./airbyte -Quiet").Only.BaseObject);
    }

    [Fact]
    public void What_is_wrong_is_shown_with_its_place_and_quiet_says_so()
    {
        Spoil("sources/source_mysql_acode/configuration.yaml", "mode: required", "mode: requird");
        Spoil("overlays/staging/sources/source_mysql_acode/configuration.yaml", "password: secretsmanager:acode/staging/mysql/primary", "password: hunter2");

        IReadOnlyList<PSObject> findings = _session.Run("Test-AcodeConfiguration -Offline").Clean();

        Assert.Equal(["InvalidValue", "LiteralSecret"], findings.Select(finding => $"{finding.Properties["Rule"].Value}").Order());
        string shown = _session.Run("Test-AcodeConfiguration -Offline | Out-String -Width 200").Only.ToString();
        Assert.Contains("sources/source_mysql_acode(16,11)", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", shown + string.Concat(_session.Run("Test-AcodeConfiguration -Offline | ConvertTo-Json").Clean()), StringComparison.Ordinal);
        Assert.False((bool)_session.Run("Test-AcodeConfiguration -Offline -Quiet").Only.BaseObject);
    }

    [Fact]
    public void Findings_become_sarif_and_annotations()
    {
        string none = File.ReadAllText(((FileInfo)_session.Run("Test-AcodeConfiguration -Offline | Export-AcodeReport -Format Sarif").Only.BaseObject).FullName);
        Assert.Contains("\"results\": []", none, StringComparison.Ordinal);
        Spoil("sources/source_mysql_acode/configuration.yaml", "mode: required", "mode: requird");

        Assert.Equal("ReportExists", _session.Run("try { Test-AcodeConfiguration -Offline | Export-AcodeReport -ErrorAction Stop } catch { ($_.FullyQualifiedErrorId -split ',')[0] }").Only.ToString());
        var written = (FileInfo)_session.Run("Test-AcodeConfiguration -Offline | Export-AcodeReport -Force").Only.BaseObject;
        Assert.Equal(Path.Combine(_folder, "acode-findings.sarif"), written.FullName);
        Assert.Contains("\"uri\": \"airbyte/sources/source_mysql_acode/configuration.yaml\"", File.ReadAllText(written.FullName), StringComparison.Ordinal);
        Assert.StartsWith(
            "::error file=airbyte/sources/source_mysql_acode/configuration.yaml,line=16,col=11,title=InvalidValue::",
            _session.Run("Test-AcodeConfiguration -Offline | Export-AcodeReport -Format GitHub").Only.ToString(), StringComparison.Ordinal);
        Assert.StartsWith(
            "##vso[task.logissue type=error;sourcepath=airbyte/sources/source_mysql_acode/configuration.yaml;linenumber=16;columnnumber=11;code=InvalidValue]",
            _session.Run("Test-AcodeConfiguration -Offline | Export-AcodeReport -Format AzureDevOps").Only.ToString(), StringComparison.Ordinal);
        Assert.Equal("ReportFormatUnsuitable", _session.Run("try { Test-AcodeConfiguration -Offline | Export-AcodeReport -Format Markdown } catch { ($_.FullyQualifiedErrorId -split ',')[0] }").Only.ToString());
    }

    [Theory]
    [InlineData("Test-AcodeConfiguration -Offline none", "ConfigurationFolderNotFound")]
    [InlineData("Test-AcodeConfiguration -Offline $folder/acode.yaml", "ConfigurationFolderNotFound")]
    [InlineData("Test-AcodeConfiguration -Offline -Environment none", "EnvironmentNotFound")]
    public void What_cannot_be_read_at_all_is_an_error(string command, string id) =>
        Assert.Equal(id, _session.Run($"try {{ {command} }} catch {{ ($_.FullyQualifiedErrorId -split ',')[0] }}").Only.ToString());

    private void Spoil(string path, string piece, string replacement)
    {
        string file = Path.Combine(_folder, "airbyte", path);
        string text = File.ReadAllText(file);
        Assert.Contains(piece, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(piece, replacement, StringComparison.Ordinal));
    }
}
