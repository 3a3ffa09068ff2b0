using System.Diagnostics;
using AcodeOps.Lab;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.EndToEnd;

/// <summary>A process of its own that runs every cmdlet, in a home, a temporary folder, a data folder and a current folder that nobody else writes to.</summary>
internal sealed class CanaryRun : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("acode-canary-").FullName;

    public CanaryRun(LabSite site, string password)
    {
        foreach (string name in (string[])["home", "tmp", "data", "work"])
        {
            Directory.CreateDirectory(Path.Combine(Written, name));
        }

        // The environment of the lab, with its spool in the data folder.
        string file = File.ReadAllText(Path.Combine(site.Folder, LabEnvironmentFile.FileName))
            .Replace("credentialsFile: ", $"credentialsFile: {site.Folder}/", StringComparison.Ordinal)
            .Replace(", spoolFolder: spool", "", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(Written, "work", LabEnvironmentFile.FileName), file);
        File.WriteAllText(Path.Combine(_folder, "canary.ps1"), CanaryCommands.Script);
        File.WriteAllText(PasswordFile, password);
        Directory.CreateDirectory(Path.Combine(Project, "sources", "careless"));
        File.WriteAllText(Path.Combine(Project, "sources", "careless", "configuration.yaml"), $$"""
            resource_name: careless
            definition_type: source
            definition_id: 435bb9a5-7887-4809-aa58-28c27df0d7ad
            configuration:
              host: db.example.com
              port: {{password}}
              username: reader
              password: {{password}}
              jdbc_url_params: user=reader&password={{password}}
            """);
    }

    /// <summary>Everything that the process shows, in the order in which it came.</summary>
    public string Shown { get; private set; } = "";

    /// <summary>The files that it left.</summary>
    public IReadOnlyList<string> Files => Directory.GetFiles(Written, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });

    private string Written => Path.Combine(_folder, "written");

    // Not beside what is written: its secrets are meant to be there.
    private string Project => Path.Combine(_folder, "project");

    private string PasswordFile => Path.Combine(_folder, "password");

    public async Task StartAsync()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        ProcessStartInfo start = new(
            "dotnet",
            [
                Path.Combine(HostProcess.Folder, "AcodeOps.Lab.dll"), "shell", "-NonInteractive", "-NoModule",
                "-File", Path.Combine(_folder, "canary.ps1"), "-Manifest", PackedModule.Manifest, "-PasswordFile", PasswordFile, "-Project", Project,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.Combine(Written, "work"),
        };
        start.Environment["HOME"] = Path.Combine(Written, "home");
        start.Environment["TMPDIR"] = Path.Combine(Written, "tmp");
        start.Environment["ACODE_DATA"] = Path.Combine(Written, "data");
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(cancel);
            Shown = await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            Shown += await errors;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
