using AcodeOps.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Driver;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Deployment;

/// <summary>The script that the pipelines call, stage by stage, against a whole lab: as a process, for its exit codes.</summary>
[Collection(SharedSites.OtherCollection)]
public sealed class DeployScriptTests(SharedSites sites) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("acode-deploy-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Project => Path.Combine(_folder, "airbyte");

    private string Summary => Path.Combine(_folder, "summary.md");

    private string Lake => Path.Combine(Project, "destinations", AirbyteProvisioning.PrimaryDestination, "configuration.yaml");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task From_files_to_a_proven_deployment_and_back()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new LabSession(site).With("project", Project);
        session.Run("$null = Import-AcodeConfiguration $project").Clean();

        Assert.Equal(0, await RunAsync(site, "Validate", $"-SarifPath {_folder}/findings.sarif"));
        Assert.Contains("\"version\": \"2.1.0\"", await File.ReadAllTextAsync(Path.Combine(_folder, "findings.sarif"), Cancel), StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync(site, "Plan"));
        string text = await File.ReadAllTextAsync(Lake, Cancel);
        try
        {
            await File.WriteAllTextAsync(Lake, text.Replace("compression_codec: SNAPPY", "compression_codec: GZIP", StringComparison.Ordinal), Cancel);
            Assert.Equal(2, await RunAsync(site, "Plan"));
            Assert.Contains("| format.compression\\_codec | SNAPPY | GZIP |", await File.ReadAllTextAsync(Summary, Cancel), StringComparison.Ordinal);
            // A plan changes nothing: what is there is not what the files say.
            Assert.Equal(1, await RunAsync(site, "Test"));
            Assert.Equal(0, await RunAsync(site, "Publish"));
            Assert.Equal(0, await RunAsync(site, "Test"));
            string written = await File.ReadAllTextAsync(Summary, Cancel);
            Assert.Contains("### Steps (Publish", written, StringComparison.Ordinal);
            Assert.Contains("| Deployment | parquet | Healthy |", written, StringComparison.Ordinal);
            Assert.Equal(0, await RunAsync(site, "Plan"));
        }
        finally
        {
            session.Run("$backup = Restore-AcodeConfiguration -ListAvailable | Select-Object -First 1; $null = $backup | Restore-AcodeConfiguration -Confirm:$false; $null = Start-AcodeSync -Wait").Clean();
        }

        await File.WriteAllTextAsync(Lake, text.Replace("compression_codec: SNAPPY", "compression_codec: ${ACODE_TEST_NOT_SET}", StringComparison.Ordinal), Cancel);
        Assert.Equal(1, await RunAsync(site, "Validate"));
        Assert.Equal(1, await RunAsync(site, "Plan"));
        Assert.Equal(1, await RunAsync(site, "Publish"));
    }

    private async Task<int> RunAsync(LabSite site, string stage, string more = "")
    {
        string script = Path.Combine(Repository.Find().Root, "Examples", "06-Deploy.ps1");
        string environment = $"{Path.Combine(site.Folder, LabEnvironmentFile.FileName)}#lab";
        (int code, string[] output, string errors) = await HostProcess.RunAsync(
            $"Import-Module '{PackedModule.Manifest}'; & '{script}' -Stage {stage} -Environment '{environment}' -Path '{Project}' -SummaryPath '{Summary}' {more}; exit $LASTEXITCODE");
        TestContext.Current.SendDiagnosticMessage($"{stage}: {code}\n{string.Join('\n', output)}\n{errors}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{stage}: {code}\n{string.Join('\n', output)}\n{errors}");
        return code;
    }
}
