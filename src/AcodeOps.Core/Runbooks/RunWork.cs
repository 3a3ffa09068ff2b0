using AcodeOps.Audit;

namespace AcodeOps.Runbooks;

/// <summary>One process's work on one run: what its steps share.</summary>
internal sealed class RunWork(
    IInstallation installation, Runbook runbook, RunRecord record, Journal journal, RunAudit audit, Lease? lease, IProgress<RunProgress>? progress)
{
    public IInstallation Installation { get; } = installation;

    public Runbook Runbook { get; } = runbook;

    public RunRecord Record { get; } = record;

    public Journal Journal { get; } = journal;

    public RunAudit Audit { get; } = audit;

    public Lease? Lease { get; } = lease;

    /// <summary>Writes into the journal, with what the steps have remembered since, and takes it into account.</summary>
    public async Task AppendAsync(JournalEntry entry, CancellationToken cancel)
    {
        entry = entry with { Facts = Record.Facts.TakeUnwritten(), Evidence = [.. entry.Evidence.Select(fact => AuditDetails.Clean(fact)!)] };
        Record.Apply(await Journal.AppendAsync(entry, cancel).ConfigureAwait(false));
    }

    /// <summary>Shows how far a step is.</summary>
    public void Report(RunbookStep step, string text, int? percent)
    {
        int number = Runbook.Steps.TakeWhile(other => other.Name != step.Name).Count() + 1;
        progress?.Report(new RunProgress(Runbook.Title, step.Title, number, Runbook.Steps.Count, text, percent));
    }
}
