namespace AcodeOps;

/// <summary>The state of a replication thread.</summary>
public enum ReplicationThread
{
    /// <summary>The server did not say, or we may not ask.</summary>
    Unknown,

    /// <summary>Runs.</summary>
    Running,

    /// <summary>Tries to connect to its source (receiving thread only).</summary>
    Connecting,

    /// <summary>Does not run.</summary>
    Stopped,
}

/// <summary>One replication channel of a replica. Null means that the server does not know or does not say.</summary>
public sealed record ReplicationStatus
{
    /// <summary>The source in whose server this channel runs.</summary>
    public required SourceRole Source { get; init; }

    /// <summary>The channel's or connection's name; empty for the default one.</summary>
    public required string Channel { get; init; }

    /// <summary>Host and port that it replicates from.</summary>
    public required string ReplicatesFrom { get; init; }

    /// <summary>The receiving (IO) thread.</summary>
    public required ReplicationThread Receiver { get; init; }

    /// <summary>The applying (SQL) thread.</summary>
    public required ReplicationThread Applier { get; init; }

    /// <summary>Seconds behind its source as the server computes it; null is unknown, never zero.</summary>
    public double? LagSeconds { get; init; }

    /// <summary>The delay that the channel is configured to keep, in seconds; null or 0 for none.</summary>
    public double? ConfiguredDelaySeconds { get; init; }

    /// <summary>Seconds since the replica last heard from its source (event or heartbeat); null where the server does not tell.</summary>
    public double? LastContactSeconds { get; init; }

    /// <summary>The transactions received, as a GTID set; null without GTID.</summary>
    public string? ReceivedGtid { get; init; }

    /// <summary>The transactions applied, as a GTID set; null without GTID.</summary>
    public string? AppliedGtid { get; init; }

    /// <summary>True when everything received is applied; null when that cannot be told.</summary>
    public bool? HasAppliedAllReceived { get; init; }

    /// <summary>Transactions received and not applied (for MariaDB an upper bound); null when that cannot be told.</summary>
    public long? TransactionsToApply => GtidGap.Count(ReceivedGtid, AppliedGtid);

    /// <summary>Number and text of the receiver's last error (<c>2003: Can't connect …</c>); null when there is none.</summary>
    public string? ReceiverError { get; init; }

    /// <summary>Number and text of the applier's last error; null when there is none.</summary>
    public string? ApplierError { get; init; }

    /// <summary>True when the replica finds its position by GTID.</summary>
    public bool? UsesGtid { get; init; }

    /// <summary>True when the replica refuses ordinary writes; null when not told.</summary>
    public bool? IsReadOnly { get; init; }

    /// <summary>What could not be read and why, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init => field = value.ToArray(); } = [];

    /// <summary>When this was read, UTC.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <inheritdoc />
    public override string ToString() =>
        $"{ReplicatesFrom} -> {Source}: receiver {Receiver}, applier {Applier}, lag {(LagSeconds is { } s ? $"{s:0} s" : "unknown")}";
}
