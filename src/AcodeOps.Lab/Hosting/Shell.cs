using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace AcodeOps.Lab.Hosting;

/// <summary>Runs scripts in one runspace and shows what comes, with the exit codes of <c>pwsh</c>.</summary>
public sealed class Shell : IDisposable
{
    private readonly LabHost _host;
    private readonly Runspace _runspace;
    private PowerShell? _running;

    public Shell(LabHost host, string? manifest)
    {
        _host = host;
        _runspace = HostRunspace.Open(host, manifest);
    }

    /// <summary>What <c>exit N</c> asked for; null while the session goes on.</summary>
    public int? ExitCode => _host.ExitCode;

    /// <summary>As <c>-Command</c>: 0 where the last statement succeeded, 1 where it did not, or what <c>exit</c> says.</summary>
    public int RunCommand(string text)
    {
        // The value of $? is gone once the output has been formatted: the command's own last line hands it over.
        _host.Outcome.Succeeded = true;
        bool completed = Show(ps => ps.AddScript(text + "\n$Host.PrivateData.Succeeded = $?"), out _);
        return ExitCode ?? (completed && _host.Outcome.Succeeded ? 0 : 1);
    }

    /// <summary>
    /// As <c>-File</c>: 1 after a terminating error, or what <c>exit</c> says; else 0, also after non-terminating errors and after Ctrl-C.
    /// </summary>
    public int RunFile(string path, IReadOnlyList<string> arguments)
    {
        EngineInternals.LetNextScriptExit(_runspace);
        bool completed = Show(
            ps =>
            {
                ps.Commands.AddCommand(new Command(Path.GetFullPath(path), isScript: false, useLocalScope: false));
                foreach (CommandParameter parameter in ScriptArguments.Parse(arguments))
                {
                    ps.Commands.Commands[0].Parameters.Add(parameter);
                }
            },
            out bool stopped);
        return ExitCode ?? (completed || stopped ? 0 : 1);
    }

    /// <summary>Asks the running script to stop; it is over only when the run returns.</summary>
    public void Stop()
    {
        try
        {
            _running?.BeginStop(null, null);
        }
        catch (ObjectDisposedException)
        {
            // It ended meanwhile.
        }
    }

    public void Dispose() => _runspace.Dispose();

    private bool Show(Action<PowerShell> build, out bool stopped)
    {
        using PowerShell ps = PowerShell.Create(_runspace);
        build(ps);
        ps.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        ps.AddCommand("Out-Default");
        stopped = false;
        _running = ps;
        try
        {
            ps.Invoke();
            // A stop that reached the script between two statements ends the call without an exception.
            stopped = ps.InvocationStateInfo.State == PSInvocationState.Stopped;
            return !stopped;
        }
        catch (PipelineStoppedException)
        {
            stopped = true;
        }
        catch (RuntimeException failure)
        {
            Report(failure.ErrorRecord);
        }
        finally
        {
            _running = null;
        }

        return false;
    }

    private void Report(ErrorRecord failure)
    {
        PSObject shown = new(failure);
        shown.Properties.Add(new PSNoteProperty("writeErrorStream", true));
        using PowerShell ps = PowerShell.Create(_runspace);
        ps.AddCommand("Out-Default").Invoke(new[] { shown });
    }
}
