using AcodeOps.Audit;

namespace AcodeOps;

/// <summary>What can be wrong with an audit trail.</summary>
public enum AuditFaultKind
{
    /// <summary>Records that the chain or a digest knows are not there.</summary>
    Missing,

    /// <summary>A record says something else than when it was written.</summary>
    Altered,

    /// <summary>A file is no whole record.</summary>
    Damaged,

    /// <summary>A record lies under a name that is not its own.</summary>
    Renamed,

    /// <summary>Two different records claim the same place in a chain.</summary>
    Forked,

    /// <summary>The same record lies there under two names.</summary>
    Duplicated,

    /// <summary>A record of a day that has its digest is anchored by none: it came late, or was put there.</summary>
    NotAnchored,

    /// <summary>An act was begun, and nothing tells its outcome.</summary>
    Unfinished,

    /// <summary>A digest that another one knows is not there.</summary>
    DigestMissing,

    /// <summary>A digest says something else than when it was made, or than its copy.</summary>
    DigestAltered,

    /// <summary>No digest was made for more than two days although there are records.</summary>
    DigestOverdue,

    /// <summary>The signature of a digest is not that of the key, or is missing.</summary>
    SignatureInvalid,

    /// <summary>A file or a listing could not be read: nothing is known of it.</summary>
    Unreadable,
}

/// <summary>One fault of an audit trail.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Message">What was found, in words.</param>
public sealed record AuditFault(AuditFaultKind Kind, string Message)
{
    /// <summary>The file; null where it is one that is missing.</summary>
    public string? Location { get; init; }

    /// <summary>The record's id, where known.</summary>
    public string? RecordId { get; init; }

    /// <summary>The session whose chain it is in, where known.</summary>
    public string? SessionId { get; init; }

    /// <summary>The numbers in that chain, where known.</summary>
    public SequenceRange? Sequence { get; init; }

    /// <summary>The verdict on a trail that has this fault.</summary>
    public Verdict Verdict => Kind switch
    {
        AuditFaultKind.Unreadable => Verdict.Unknown,
        AuditFaultKind.Duplicated or AuditFaultKind.NotAnchored or AuditFaultKind.Unfinished or AuditFaultKind.DigestOverdue => Verdict.Degraded,
        _ => Verdict.Failed,
    };

    /// <inheritdoc />
    public override string ToString() => $"{Kind}: {Message}";
}
