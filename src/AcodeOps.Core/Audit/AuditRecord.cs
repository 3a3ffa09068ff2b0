using AcodeOps.Audit;

namespace AcodeOps;

/// <summary>
/// One entry of the audit trail: who did what, to what, why, and what came of it. Null means unknown. A record that the
/// operations guide's script wrote (<see cref="SchemaVersion"/> 0) has only what that script knew.
/// </summary>
public sealed record AuditRecord
{
    /// <summary>The schema that records are written in by this version.</summary>
    public const int CurrentSchema = 2;

    /// <summary>The schema that it was written in.</summary>
    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>Its id, a ULID: unique, and growing with time.</summary>
    public required string Id { get; init; }

    /// <summary>When it was written, UTC, to the millisecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What it is about.</summary>
    public required AuditEventType EventType { get; init; }

    /// <summary>Before the act, after it, or an event of its own.</summary>
    public AuditPhase Phase { get; init; }

    /// <summary>The user as the operating system names it.</summary>
    public required string User { get; init; }

    /// <summary>The caller's ARN as STS tells it; null when STS did not answer.</summary>
    public string? CallerArn { get; init; }

    /// <summary>The caller's account as STS tells it; null when STS did not answer.</summary>
    public string? CallerAccount { get; init; }

    /// <summary>Why the caller is not known; null when it is.</summary>
    public string? CallerUnknownBecause { get; init; }

    /// <summary>The machine.</summary>
    public string? Host { get; init; }

    /// <summary>The process on that machine.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The module's version.</summary>
    public string? ModuleVersion { get; init; }

    /// <summary>The version of PowerShell.</summary>
    public string? PowerShellVersion { get; init; }

    /// <summary>The PowerShell session: random, one for each runspace of a process.</summary>
    public string? SessionId { get; init; }

    /// <summary>The run that it belongs to: a runbook's, a pipeline's, a ticket's.</summary>
    public string? RunId { get; init; }

    /// <summary>What it happened to: <c>Source primary</c>, <c>Route backup_mysql</c>.</summary>
    public string? Subject { get; init; }

    /// <summary>Why it was done, or what was seen.</summary>
    public string? Reason { get; init; }

    /// <summary>What came of it: a verdict, a status.</summary>
    public string? Outcome { get; init; }

    /// <summary>Further facts: text, numbers, truth values, lists and maps of these. Secrets are masked.</summary>
    public IReadOnlyDictionary<string, object?> Details { get; init; } = new Dictionary<string, object?>();

    /// <summary>Names of facts that were handed in and are not recorded in clear, as the environment does not allow them.</summary>
    public IReadOnlyList<string> WithheldDetails { get; init => field = value.ToArray(); } = [];

    /// <summary>How long it is to be kept, in days.</summary>
    public int? RetentionDays { get; init; }

    /// <summary>Why that long, in the company's own words.</summary>
    public string? LegalBasis { get; init; }

    /// <summary>Its number among the records of its session, from 1; null for a record of a version that chained none.</summary>
    public long? Sequence { get; init; }

    /// <summary>The hash of the session's record before it; null for the first.</summary>
    public string? PreviousHash { get; init; }

    /// <summary>Records of the session before it of which neither disk nor storage is known to have taken them. Their commands were told so.</summary>
    public IReadOnlyList<SequenceRange> Unrecorded { get; init => field = value.ToArray(); } = [];

    /// <summary>Its own hash, of its canonical JSON (RFC 8785) without the hash: <c>sha256:…</c>.</summary>
    public string? Hash { get; init; }

    /// <summary>Where it is kept, or will be: <c>s3://bucket/key</c>.</summary>
    public string? Location { get; init; }

    /// <summary>True when the audit storage has it; false while it waits on this machine.</summary>
    public bool Stored { get; init; }

    /// <summary>Why it still waits; null when it is stored.</summary>
    public string? WaitsBecause { get; init; }

    /// <summary>Until when the storage refuses to delete it, UTC; null where this command did not lock it.</summary>
    public DateTimeOffset? LockedUntilAt { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{At:yyyy-MM-dd HH:mm:ss}Z {EventType} {Subject}{(Outcome is null ? "" : $": {Outcome}")}";
}
