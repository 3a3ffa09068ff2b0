namespace AcodeOps.Lab.Sinks.Otlp;

/// <summary>How a receiver of OTLP answers.</summary>
/// <param name="Status">Over HTTP the status, by gRPC the code; the first in which it accepts is 200, or 0.</param>
/// <param name="Message">What it says where it takes not all.</param>
public sealed record OtlpBehavior(int? Status = null, string Message = "")
{
    /// <summary>How many data points it says it has rejected of those that it accepts.</summary>
    public long Rejected { get; init; }

    /// <summary>Never answers.</summary>
    public bool Hangs { get; init; }

    /// <summary>Breaks the connection in place of an answer.</summary>
    public bool Cuts { get; init; }

    /// <summary>Answers with a page, as what stands before a receiver does.</summary>
    public bool ShowsPage { get; init; }

    /// <summary>How many requests it treats so; the others it accepts.</summary>
    public int Times { get; init; } = int.MaxValue;
}
