namespace AcodeOps;

/// <summary>One run of a runbook: what was planned, what was done, what came of it.</summary>
public sealed record RunbookRun
{
    /// <summary>Its id, a ULID: it tells when the run began.</summary>
    public required string RunId { get; init; }

    /// <summary>The runbook: <c>failover</c>.</summary>
    public required string Runbook { get; init; }

    /// <summary>What it does, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunbookStatus Status { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, UTC; null while it is unfinished.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who began it: <c>user@host</c>.</summary>
    public string? StartedBy { get; init; }

    /// <summary>Why, in the operator's words; null where none were given.</summary>
    public string? Reason { get; init; }

    /// <summary>True for a run that changes the installation: while it is unfinished, no other such run begins. False for one that only looks or copies.</summary>
    public bool Mutates { get; init; } = true;

    /// <summary>Its steps, in order.</summary>
    public IReadOnlyList<RunbookStepRun> Steps { get; init => field = value.ToArray(); } = [];

    /// <summary>What was consented to; its type is the runbook's own.</summary>
    public object? Plan { get; init; }

    /// <summary>What came of it; its type is the runbook's own. Null until it is known.</summary>
    public object? Result { get; init; }

    /// <summary>The stable id of what failed; null without a failure.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The class of the failure; null without one.</summary>
    public FailureClass? ErrorCause { get; init; }

    /// <summary>What failed, in a sentence; null without a failure.</summary>
    public string? Error { get; init; }

    /// <summary>What to do next; null where nothing is left to do.</summary>
    public string? Advice { get; init; }

    /// <summary>What the operator should know besides: a journal or a record that still waits on this machine, a run without the lease.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = value.ToArray(); } = [];

    /// <summary>The failure as scripts get it; null for a run that has ended well, or goes on as was asked for.</summary>
    public AcodeException? ToFailure() => ErrorId is null ? null : new AcodeException(ErrorId, ErrorCause ?? FailureClass.Unknown, Error!)
    {
        Advice = Advice,
        Subject = this,
    };

    /// <summary>True while something of it is left to do, or to undo.</summary>
    public bool IsUnfinished => Status is RunbookStatus.Running or RunbookStatus.AwaitingProof or RunbookStatus.Interrupted or RunbookStatus.Failed;

    /// <summary>From its begin to its end, in seconds; null until it has ended.</summary>
    public double? DurationSeconds => EndedAt - StartedAt is { } time ? Math.Round(time.TotalSeconds, 3) : null;

    /// <inheritdoc />
    public override string ToString() => $"{Title}: {Status}";
}
