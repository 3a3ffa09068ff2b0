namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>One misbehaviour that was asked for; what the fields mean depends on <see cref="Kind"/>.</summary>
internal sealed record Fault
{
    public Guid Id { get; init; }

    public required FaultKind Kind { get; init; }

    /// <summary>How often it still strikes; null = until it is cleared.</summary>
    public int? Remaining { get; init; } = 1;

    /// <summary>Http: which requests, by the start of their path.</summary>
    public string PathPrefix { get; init; } = "/api/";

    /// <summary>Http: which requests, by their method; null = all.</summary>
    public string? Method { get; init; }

    /// <summary>Http: the status to answer; 0 = the real answer, only late.</summary>
    public int Status { get; init; }

    /// <summary>Http: json, html or empty.</summary>
    public string Body { get; init; } = "json";

    /// <summary>Http: how long to wait before the answer.</summary>
    public double DelaySeconds { get; init; }

    /// <summary>Http: do the work, then lose the answer (the status above is sent instead).</summary>
    public bool AfterTheWork { get; init; }

    /// <summary>Job faults: only this connection's; null = any.</summary>
    public Guid? ConnectionId { get; init; }

    /// <summary>Unreachable: only this source or destination; null = any.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>JobFail, JobHang: after how many rows.</summary>
    public long AfterRows { get; init; }

    /// <summary>JobSlow: the speed.</summary>
    public double RowsPerSecond { get; init; } = 1000;

    /// <summary>JobHang: a cancellation changes nothing.</summary>
    public bool IgnoreCancel { get; init; }

    /// <summary>JobFail: config_error (no retry), system_error or transient_error.</summary>
    public string FailureType { get; init; } = "system_error";
}
