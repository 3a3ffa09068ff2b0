using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;

namespace AcodeOps.Lab.Airbyte.Sync;

/// <summary>The only writer of jobs: each change goes to the history and to disk, in this order.</summary>
internal sealed class JobLedger(AirbyteStore store)
{
    private readonly Lock _gate = new();

    public Job? Find(long id) => store.Jobs.Find(AirbyteStore.JobKey(id));

    public Job? UnfinishedOf(Guid connectionId) => store.Jobs.All.FirstOrDefault(j => j.ConnectionId == connectionId && !j.IsTerminal);

    /// <summary>A new pending job; null when one is unfinished already.</summary>
    public Job? TryCreate(Guid connectionId)
    {
        lock (_gate)
        {
            if (UnfinishedOf(connectionId) is not null)
            {
                return null;
            }

            DateTimeOffset now = DateTimeOffset.UtcNow;
            Job job = new(store.Jobs.All.Select(j => j.Id).DefaultIfEmpty().Max() + 1, connectionId, JobStatus.Pending, now, now);
            Record(job, from: null);
            store.Jobs.Put(job);
            return job;
        }
    }

    /// <summary>A new attempt runs.</summary>
    public Job BeginAttempt(long id) => Change(id, job =>
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return job with
        {
            Status = JobStatus.Running,
            StartedAt = job.StartedAt ?? now,
            Attempts = [.. job.Attempts, new Attempt(job.Attempts.Count, AttemptStatus.Running, now)],
        };
    });

    /// <summary>The running attempt failed: the job is incomplete, or failed when no more attempts are allowed.</summary>
    public Job FailAttempt(long id, JobFailure failure, bool canRetry) => Change(id, job => End(job, failure, AttemptStatus.Failed) with
    {
        Status = canRetry ? JobStatus.Incomplete : JobStatus.Failed,
    });

    public Job Succeed(long id) => Change(id, job => End(job, null, AttemptStatus.Succeeded) with { Status = JobStatus.Succeeded });

    public Job RequestCancel(long id) => Change(id, job => job with { CancelRequested = true });

    public Job Cancelled(long id) => Change(id, job => (job.Attempts.Count > 0 && job.Attempts[^1].Status == AttemptStatus.Running
        ? End(job, new("airbyte_platform", "manual_cancellation", "Setting attempt to FAILED because the job was cancelled", "cancelled", DateTimeOffset.UtcNow), AttemptStatus.Failed)
        : job) with
    { Status = JobStatus.Cancelled });

    /// <summary>What the running attempt has done for a stream so far.</summary>
    public void Progress(long id, StreamProgress progress) => Change(id, job => job.WithLastAttempt(a => a with
    {
        Streams = [.. a.Streams.Where(s => (s.Name, s.Namespace) != (progress.Name, progress.Namespace)), progress],
    }));

    private static Job End(Job job, JobFailure? failure, AttemptStatus status) => job.Attempts.Count == 0 ? job
        : job.WithLastAttempt(a => a with { Status = status, EndedAt = DateTimeOffset.UtcNow, Failure = failure });

    private Job Change(long id, Func<Job, Job> change) => store.Jobs.Update(AirbyteStore.JobKey(id), job =>
    {
        Job changed = change(job) with { UpdatedAt = DateTimeOffset.UtcNow };
        if (changed.Status != job.Status || changed.CancelRequested != job.CancelRequested)
        {
            Record(changed, job.Status);
        }

        return changed;
    });

    private void Record(Job job, JobStatus? from)
    {
        JsonObject facts = new()
        {
            ["jobId"] = job.Id,
            ["connectionId"] = job.ConnectionId,
            ["from"] = from?.Wire(),
            ["to"] = job.Status.Wire(),
            ["attempt"] = job.Attempts.Count,
            ["rows"] = job.RowsCommitted,
        };
        if (job.CancelRequested)
        {
            facts["cancelRequested"] = true;
        }

        if (job.Attempts.Count > 0 && job.Attempts[^1].Failure is JobFailure failure)
        {
            facts["failure"] = failure.ExternalMessage;
        }

        store.History.Write("job", facts);
    }
}
