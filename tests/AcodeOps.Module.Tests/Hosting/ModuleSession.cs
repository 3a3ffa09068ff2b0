using System.Management.Automation;
using System.Management.Automation.Runspaces;
using AcodeOps.Lab.Hosting;

namespace AcodeOps.Module.Tests.Hosting;

/// <summary>A fresh runspace with the packed module imported. Answers to prompts come from a queue; an empty queue makes a prompt fail.</summary>
public sealed class ModuleSession : IDisposable
{
    private readonly StringWriter _hostText = new();
    private readonly TextWriter _host;
    private readonly Queue<string> _answers = [];
    private readonly Runspace _runspace;
    private PowerShell? _running;

    public ModuleSession(bool import = true, bool nonInteractive = false)
    {
        _host = TextWriter.Synchronized(_hostText);
        LabUserInterface ui = new(_host, _host)
        {
            ReadAnswer = nonInteractive ? null : () => _answers.TryDequeue(out string? answer) ? answer : null,
        };
        _runspace = HostRunspace.Open(new LabHost(ui), import ? PackedModule.Manifest : null);
    }

    /// <summary>Runs a script in this session.</summary>
    public ScriptResult Run(string script, params string[] answers)
    {
        foreach (string answer in answers)
        {
            _answers.Enqueue(answer);
        }

        int shown = _hostText.GetStringBuilder().Length;
        using PowerShell ps = PowerShell.Create(_runspace).AddScript(script);
        using PSDataCollection<PSObject> output = [];
        using CancellationTokenRegistration stop = TestContext.Current.CancellationToken.Register(() => ps.BeginStop(null, null));
        ErrorRecord? failure = null;
        _running = ps;
        try
        {
            ps.Invoke(null, output);
        }
        catch (RuntimeException e)
        {
            failure = e.ErrorRecord;
        }
        finally
        {
            _running = null;
        }

        return new ScriptResult(
            [.. output],
            failure,
            [.. ps.Streams.Error],
            [.. ps.Streams.Warning.Select(w => w.Message)],
            [.. ps.Streams.Verbose.Select(v => v.Message)],
            [.. ps.Streams.Information],
            [.. ps.Streams.Progress],
            _hostText.ToString()[shown..]);
    }

    /// <summary>The script that is running has shown how far it is.</summary>
    public bool HasShownProgress => _running?.Streams.Progress.Count > 0;

    /// <summary>The host has shown this, in whatever script, also while one is running.</summary>
    public bool HasShown(string text)
    {
        lock (_host)
        {
            return _hostText.ToString().Contains(text, StringComparison.Ordinal);
        }
    }

    /// <summary>Stops the script that is running, as Ctrl-C does.</summary>
    public void Stop() => _running?.BeginStop(null, null);

    /// <summary>Gives the session a variable.</summary>
    public ModuleSession With(string name, object value)
    {
        _runspace.SessionStateProxy.SetVariable(name, value);
        return this;
    }

    public void Dispose()
    {
        _runspace.Dispose();
        _hostText.Dispose();
    }
}
