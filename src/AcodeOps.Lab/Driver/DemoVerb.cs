using AcodeOps.Lab.Driver.Packaging;
using AcodeOps.Lab.Hosting;

namespace AcodeOps.Lab.Driver;

/// <summary><c>demo [script]</c>: starts a lab, plays the tour against it, and ends the lab.</summary>
internal sealed class DemoVerb : IVerb
{
    public string Name => "demo";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        Repository repository = Repository.Find();
        string script = arguments.Count > 0 ? arguments[0] : Path.Combine(repository.Root, "Examples", "00-Tour.ps1");
        if (!File.Exists(script))
        {
            throw new DriverException($"There is no tour at {script}.");
        }

        await new ModulePackage(repository).MakeAsync(built: false, cancel);
        LabOptions options = new() { Folder = Path.Combine(repository.Out, "demo-lab"), Rows = 20_000 };
        Console.WriteLine($"Starting a lab in {options.Folder} ...");
        await using LabSite lab = await LabSite.StartAsync(options, Console.WriteLine, cancel);

        // The tour's commands find the lab as a user's would: the environment file by its variable, the faults by the lab's.
        Environment.SetEnvironmentVariable("ACODE_ENVIRONMENT", Path.Combine(lab.Folder, LabEnvironmentFile.FileName));
        Environment.SetEnvironmentVariable("ACODE_LAB", lab.Folder);
        Directory.SetCurrentDirectory(repository.Root);
        using Shell shell = new(TerminalHost.Create(nonInteractive: true), repository.Manifest);
        using CancellationTokenRegistration stop = cancel.Register(shell.Stop);
        return Tour.Play(shell, script, Console.Out, cancel);
    }
}
