using System.Management.Automation;
using System.Management.Automation.Host;

namespace AcodeOps.Shell;

/// <summary>
/// What all cmdlets share: async bodies on the pipeline thread, Ctrl-C as a cancellation, and
/// <see cref="AcodeException"/> as the one way to fail.
/// </summary>
public abstract class AcodeCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CommandProgress _progress;

    /// <summary>For the cmdlets of this module.</summary>
    protected AcodeCmdlet() => _progress = new CommandProgress(this);

    /// <summary>True of a command that shows all the time how things are, and needs nobody to say that it is still there.</summary>
    private protected virtual bool IsLive => false;

    /// <summary>Runs before the first input object.</summary>
    protected virtual Task BeginAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Runs for each input object; for a cmdlet without input, once.</summary>
    protected virtual Task ProcessAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Runs after the last input object.</summary>
    protected virtual Task EndAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <inheritdoc />
    protected sealed override void BeginProcessing() => Run(BeginAsync);

    /// <inheritdoc />
    protected sealed override void ProcessRecord() => Run(ProcessAsync);

    /// <inheritdoc />
    protected sealed override void EndProcessing() => Run(EndAsync);

    /// <inheritdoc />
    protected sealed override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Ctrl-C came as the command ended.
        }
    }

    /// <inheritdoc cref="Cmdlet.ShouldProcess(string, string)" />
    /// <exception cref="AcodeException"><c>ConfirmationNeeded</c>: there is nobody to ask.</exception>
    protected new bool ShouldProcess(string target, string action) => Ask(() => base.ShouldProcess(target, action), action);

    /// <inheritdoc cref="Cmdlet.ShouldProcess(string, string, string)" />
    /// <exception cref="AcodeException"><c>ConfirmationNeeded</c>: there is nobody to ask.</exception>
    protected new bool ShouldProcess(string verboseDescription, string verboseWarning, string caption) =>
        Ask(() => base.ShouldProcess(verboseDescription, verboseWarning, caption), caption);

    /// <summary>Puts out a file as <c>Get-Item</c> does: with the path by which <c>Get-Content</c>, <c>Invoke-Item</c> and <c>Copy-Item</c> take it from the pipeline.</summary>
    protected void WriteFile(FileInfo file)
    {
        foreach (PSObject item in InvokeProvider.Item.Get([$@"Microsoft.PowerShell.Core\FileSystem::{file.FullName}"], force: true, literalPath: true))
        {
            WriteObject(item);
        }
    }

    /// <inheritdoc cref="CommandProgress.Tell" />
    internal void Tell(string status, int? percent = null, string? operation = null, string? activity = null) => _progress.Tell(status, percent, operation, activity);

    /// <summary>Reports one failed item of many; the command goes on.</summary>
    protected void WriteFailure(AcodeException failure) => WriteError(failure.ToErrorRecord());

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    private bool Ask(Func<bool> question, string act)
    {
        try
        {
            // A question is not asked from under a bar.
            _progress.End();
            return question();
        }
        catch (Exception e) when (e is PSInvalidOperationException or HostException)
        {
            throw new AcodeException("ConfirmationNeeded", FailureClass.Refused, $"'{act}' needs a confirmation, and this session cannot ask for it: nothing was done.", e)
            {
                Advice = "-WhatIf shows what would be done; -Confirm:$false does it without asking.",
                Subject = MyInvocation.MyCommand.Name,
            };
        }
    }

    private void Run(Func<CancellationToken, Task> body)
    {
        try
        {
            PipelinePump.Run(() => IsLive ? body(_stop.Token) : _progress.WatchAsync(body(_stop.Token)));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (AcodeException failure) when (failure.IsFatal)
        {
            ThrowTerminatingError(failure.ToErrorRecord());
        }
        catch (AcodeException failure)
        {
            WriteError(failure.ToErrorRecord());
        }
        finally
        {
            _progress.End();
        }
    }
}
