using AcodeOps.Runbooks;

namespace AcodeOps.Routing.Gates;

/// <summary>Judges the conditions of a switch right before something is done, and once more what is closed: one lost answer is no change of the world.</summary>
internal static class PatientGates
{
    private const int Looks = 3;
    private const double LookSeconds = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Judges them.</summary>
    /// <param name="context">The step.</param>
    /// <param name="request">What was asked for; its time limit is set here.</param>
    /// <param name="open">Makes what one look judges by.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>What the last look judged by, and what it found.</returns>
    public static async Task<(GateContext Context, IReadOnlyList<FailoverGate> Gates)> JudgeAsync(
        StepContext context, FailoverRequest request, Func<FailoverRequest, GateContext> open, CancellationToken cancel)
    {
        for (int look = 1; ; look++)
        {
            GateContext gates = open(request with { TimeoutSeconds = LookSeconds });
            IReadOnlyList<FailoverGate> seen = await GateCatalog.JudgeAsync(gates, cancel).ConfigureAwait(false);
            if (look == Looks || seen.All(g => g.IsPassed))
            {
                return (gates, seen);
            }

            context.Report($"Looking once more: {seen.First(g => !g.IsPassed)}");
            await Task.Delay(Pause, context.Installation.Clock, cancel).ConfigureAwait(false);
        }
    }
}
