using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace AcodeOps.Shell;

/// <summary>
/// Runs an async body so that each continuation comes back to the pipeline thread, where WriteObject, ShouldProcess and
/// the rest may be called. It always waits for the body to end, also after Ctrl-C: an operation past its point of no
/// return must be able to finish.
/// </summary>
internal sealed class PipelinePump : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _queue = [];

    /// <summary>Runs the body to its end on this thread.</summary>
    public static void Run(Func<Task> body)
    {
        SynchronizationContext? previous = Current;
        PipelinePump pump = new();
        SetSynchronizationContext(pump);
        try
        {
            Task task = body();
            _ = task.ContinueWith(
                _ => pump._queue.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            ExceptionDispatchInfo? refused = null;
            foreach ((SendOrPostCallback callback, object? state) in pump._queue.GetConsumingEnumerable())
            {
                try
                {
                    callback(state);
                }
                catch (Exception e)
                {
                    // Only progress reports throw here: a stopped pipeline refuses them, and the operation must not notice.
                    refused ??= ExceptionDispatchInfo.Capture(e);
                }
            }

            task.GetAwaiter().GetResult();
            refused?.Throw();
        }
        finally
        {
            SetSynchronizationContext(previous);
        }
    }

    /// <inheritdoc />
    public override void Post(SendOrPostCallback d, object? state)
    {
        try
        {
            _queue.Add((d, state));
        }
        catch (InvalidOperationException)
        {
            // The body has ended: a late progress report has nobody to read it.
        }
    }
}
