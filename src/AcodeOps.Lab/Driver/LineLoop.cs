using System.Management.Automation.Language;
using AcodeOps.Lab.Hosting;

namespace AcodeOps.Lab.Driver;

/// <summary>Reads commands line by line, from a terminal with a prompt or from a pipe without one, until the input ends or <c>exit</c>.</summary>
internal sealed class LineLoop(Shell shell)
{
    private readonly bool _terminal = !Console.IsInputRedirected;

    public int Run(CancellationToken cancel)
    {
        int code = 0;
        while (!cancel.IsCancellationRequested && shell.ExitCode is null && Read() is { } command)
        {
            code = shell.RunCommand(command);
        }

        return shell.ExitCode ?? (_terminal ? 0 : code);
    }

    /// <summary>One whole command: lines are added for as long as the parser says that something is still open.</summary>
    private string? Read()
    {
        string? command = ReadLine("PS> ");
        while (command is not null && IsOpen(command) && ReadLine(">> ") is { } more)
        {
            command += "\n" + more;
        }

        return command;
    }

    private string? ReadLine(string prompt)
    {
        if (_terminal)
        {
            Console.Write(prompt);
        }

        return Console.ReadLine();
    }

    private static bool IsOpen(string command)
    {
        Parser.ParseInput(command, out _, out ParseError[] errors);
        return Array.Exists(errors, e => e.IncompleteInput);
    }
}
