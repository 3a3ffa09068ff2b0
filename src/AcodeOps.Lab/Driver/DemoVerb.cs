using AcodeOps.Lab.Hosting;

namespace AcodeOps.Lab.Driver;

/// <summary><c>demo [script]</c>: plays the tour.</summary>
internal sealed class DemoVerb : IVerb
{
    public string Name => "demo";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        Repository repository = Repository.Find();
        string script = arguments.Count > 0 ? arguments[0] : Path.Combine(repository.Root, "Examples", "tour.ps1");
        if (!File.Exists(script))
        {
            throw new DriverException($"There is no tour at {script}.");
        }

        await new ModulePackage(repository).MakeAsync(built: false, cancel);
        using Shell shell = new(TerminalHost.Create(nonInteractive: true), repository.Manifest);
        using CancellationTokenRegistration stop = cancel.Register(shell.Stop);
        return Tour.Play(shell, script, Console.Out, cancel);
    }
}
