using System.Collections.Concurrent;
using AcodeOps.Lab.Airbyte.Store;

namespace AcodeOps.Lab.Airbyte.Sync;

/// <summary>Takes jobs through their attempts, and ends them when they are cancelled.</summary>
internal sealed class JobRunner(AirbyteStore store, JobLedger ledger, Replication replication) : IAsyncDisposable
{
    private readonly CancellationTokenSource _shutdown = new();
    private readonly ConcurrentDictionary<long, (Task Work, CancellationTokenSource Cancel)> _running = new();

    /// <summary>Takes up what the last process left unfinished: its attempt is lost and, as in Airbyte, the job is tried again.</summary>
    public void Resume()
    {
        foreach (Job job in store.Jobs.All.Where(j => !j.IsTerminal).ToList())
        {
            if (job.CancelRequested)
            {
                ledger.Cancelled(job.Id);
                continue;
            }

            if (job.Status == JobStatus.Running)
            {
                JobFailure lost = new("airbyte_platform", "system_error", "The worker of this attempt is gone.", "heartbeat lost", DateTimeOffset.UtcNow);
                if (ledger.FailAttempt(job.Id, lost, canRetry: job.Attempts.Count < store.Settings.MaxAttempts).IsTerminal)
                {
                    continue;
                }
            }

            Start(job.Id);
        }
    }

    public void Start(long id)
    {
        CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(_shutdown.Token);
        TaskCompletionSource registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task work = Task.Run(async () =>
        {
            await registered.Task;
            try
            {
                await RunAsync(id, cancel.Token);
            }
            catch (OperationCanceledException) when (_shutdown.IsCancellationRequested)
            {
                // The stand-in stops: the job stays as it is on disk.
            }
            finally
            {
                _running.TryRemove(id, out _);
            }
        });
        _running[id] = (work, cancel);
        registered.SetResult();
    }

    /// <summary>Asks for a job's end and waits a little for it; the job that comes back may still be running.</summary>
    public async Task<Job> CancelAsync(long id, CancellationToken cancel)
    {
        ledger.RequestCancel(id);
        if (_running.TryGetValue(id, out (Task Work, CancellationTokenSource Cancel) running))
        {
            await running.Cancel.CancelAsync();
            await Task.WhenAny(running.Work, Task.Delay(TimeSpan.FromSeconds(store.Settings.CancelWaitSeconds), cancel));
        }

        return ledger.Find(id)!;
    }

    public async ValueTask DisposeAsync()
    {
        await _shutdown.CancelAsync();
        await Task.WhenAll(_running.Values.Select(r => r.Work));
        _shutdown.Dispose();
    }

    private async Task RunAsync(long id, CancellationToken cancel)
    {
        try
        {
            double waitSeconds = ledger.Find(id)!.Attempts.Count == 0 ? store.Settings.LaunchSeconds : store.Settings.RetryDelaySeconds;
            Job job;
            do
            {
                await Task.Delay(TimeSpan.FromSeconds(waitSeconds), cancel);
                job = await AttemptAsync(ledger.BeginAttempt(id), cancel);
                waitSeconds = store.Settings.RetryDelaySeconds;
            }
            while (!job.IsTerminal);
        }
        catch (OperationCanceledException) when (!_shutdown.IsCancellationRequested)
        {
            ledger.Cancelled(id);
        }
    }

    private async Task<Job> AttemptAsync(Job job, CancellationToken cancel)
    {
        try
        {
            await replication.RunAsync(job, cancel, _shutdown.Token);
            return ledger.Succeed(job.Id);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (SyncFailure failure)
        {
            return Fail(failure.ToJobFailure());
        }
        catch (Exception unforeseen) when (!cancel.IsCancellationRequested)
        {
            // Whatever it was, the job must come to an end that callers can see.
            return Fail(new("replication", "system_error", "Something went wrong during replication", unforeseen.ToString(), DateTimeOffset.UtcNow));
        }

        Job Fail(JobFailure failure) =>
            ledger.FailAttempt(job.Id, failure, canRetry: failure.IsRetryable && job.Attempts.Count < store.Settings.MaxAttempts);
    }
}
