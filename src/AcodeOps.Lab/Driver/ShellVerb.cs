using AcodeOps.Lab.Hosting;

namespace AcodeOps.Lab.Driver;

/// <summary><c>shell [-NonInteractive] [-NoModule] [-c text | script arguments…]</c>: a PowerShell with the module imported.</summary>
internal sealed class ShellVerb : IVerb
{
    public string Name => "shell";

    /// <summary>Ctrl-C stops the command that runs, not the session.</summary>
    public bool HandlesInterrupt => true;

    public Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        ShellOptions options = ShellOptions.Parse(arguments);
        string? manifest = options.NoModule
            ? null
            : Environment.GetEnvironmentVariable("ACODE_MODULE") is { Length: > 0 } named ? named : Repository.Find().Manifest;
        if (manifest is not null && !File.Exists(manifest))
        {
            throw new DriverException($"There is no module at {manifest}: run ./build.sh package first.");
        }

        using Shell shell = new(TerminalHost.Create(options.NonInteractive), manifest);
        using CancellationTokenRegistration stop = cancel.Register(shell.Stop);
        ConsoleCancelEventHandler interrupt = (_, e) =>
        {
            e.Cancel = true;
            shell.Stop();
        };
        Console.CancelKeyPress += interrupt;
        try
        {
            return Task.FromResult(options switch
            {
                { Command: { } text } => shell.RunCommand(text == "-" ? Console.In.ReadToEnd() : text),
                { Script: { } script } => shell.RunFile(script, options.ScriptArguments),
                _ => new LineLoop(shell).Run(cancel),
            });
        }
        finally
        {
            Console.CancelKeyPress -= interrupt;
        }
    }
}
