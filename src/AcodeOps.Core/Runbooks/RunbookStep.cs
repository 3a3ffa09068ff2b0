using AcodeOps.Audit;

namespace AcodeOps.Runbooks;

/// <summary>
/// One step. The engine writes the journal before and after it, holds the lease while it acts, and verifies before it
/// repeats. So a step is written as if it could be cut off anywhere: <see cref="ActAsync"/> may run again after it was cut
/// off, <see cref="UndoAsync"/> may run when only half of it was done, and both may find that nothing is left to do.
/// </summary>
public abstract class RunbookStep
{
    /// <summary>The stable name, as the journal keeps it: <c>switch_off_old_route</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it does, for people: <c>Switch route primary off</c>.</summary>
    public abstract string Title { get; }

    /// <summary>The most that checking, acting and verifying may take together.</summary>
    public virtual TimeSpan Timeout => TimeSpan.FromMinutes(2);

    /// <summary>
    /// True for a step that changes something: the lease is renewed right before it acts, and without the lease it does not
    /// act. False for one that only looks.
    /// </summary>
    public virtual bool Mutates => true;

    /// <summary>
    /// True for a step that only waits for the proof that the work of the others has come to good. It may be left for later:
    /// Ctrl-C, <c>-NoWait</c> and its timeout leave the run awaiting its proof instead of taking it back.
    /// </summary>
    public virtual bool IsProof => false;

    /// <summary>
    /// False for a step that only tidies up after the proof: when it fails, what is proven stays, and the run waits for the
    /// step to be done later.
    /// </summary>
    public virtual bool UndoesOnFailure => true;

    /// <summary>What the audit trail is told before and after the act; null for a step that changes nothing of note.</summary>
    public virtual AuditEvent? Audit(StepContext context) => null;

    /// <summary>The pre-check, before each act: throws where acting would make things worse.</summary>
    /// <exception cref="AcodeException">Why the step must not be done.</exception>
    public virtual Task CheckAsync(StepContext context, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>
    /// Runs once, before the first act, and remembers what acting and undoing need to know of the world as it was. What it
    /// remembers is in the journal before anything is changed, and is never gathered a second time.
    /// </summary>
    public virtual Task PrepareAsync(StepContext context, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Does it.</summary>
    public abstract Task ActAsync(StepContext context, CancellationToken cancel);

    /// <summary>Tells from the world alone whether it is done. Asked after each act, and before an act that was cut off is repeated.</summary>
    public abstract Task<bool> VerifyAsync(StepContext context, CancellationToken cancel);

    /// <summary>Takes it back as far as it was done.</summary>
    public virtual Task UndoAsync(StepContext context, CancellationToken cancel) => Task.CompletedTask;
}
