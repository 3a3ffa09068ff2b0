namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>One row of the benchmarks' table.</summary>
/// <param name="What">What was done.</param>
/// <param name="Unit">The unit of both figures.</param>
/// <param name="Figure">What it took here.</param>
/// <param name="Peer">What it is compared with; null when there is nothing.</param>
/// <param name="PeerFigure">What that took.</param>
internal sealed record Measurement(string What, string Unit, double Figure, string? Peer = null, double? PeerFigure = null)
{
    /// <summary>How many times the peer's figure this one is; null without a peer.</summary>
    public double? Ratio => PeerFigure is > 0 ? Figure / PeerFigure : null;
}
