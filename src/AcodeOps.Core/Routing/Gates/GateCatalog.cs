namespace AcodeOps.Routing.Gates;

/// <summary>All conditions of a switch: the classes of this assembly that derive from <see cref="Gate"/>.</summary>
internal static class GateCatalog
{
    private static readonly IReadOnlyList<Gate> All =
    [
        .. Discovered.Of<Gate>().OrderBy(one => one.GetType().Name, StringComparer.Ordinal),
    ];

    /// <summary>Judges every condition that applies, all at once.</summary>
    public static async Task<IReadOnlyList<FailoverGate>> JudgeAsync(GateContext context, CancellationToken cancel) =>
        await Task.WhenAll(All.Where(gate => gate.AppliesTo(context)).Select(gate => JudgeAsync(gate, context, cancel))).ConfigureAwait(false);

    private static async Task<FailoverGate> JudgeAsync(Gate gate, GateContext context, CancellationToken cancel)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(context.Timeout);
        try
        {
            return await gate.JudgeAsync(context, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (AcodeException failure)
        {
            return new FailoverGate
            {
                Name = gate.Name,
                Verdict = Verdict.Unknown,
                Summary = failure.Message,
                IsPassed = false,
                ErrorId = failure.Id,
                Remedy = failure.Advice,
            };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new FailoverGate
            {
                Name = gate.Name,
                Verdict = Verdict.Unknown,
                Summary = $"No answer within {context.Timeout.TotalSeconds:0.#} s.",
                IsPassed = false,
                ErrorId = "GateTimedOut",
                Remedy = "Look at the network between here and there, or repeat with a larger -TimeoutSeconds.",
            };
        }
    }
}
