using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace AcodeOps.Health;

/// <summary>Runs a round of checks, all at once, and hands out each result as it comes.</summary>
public static class HealthRunner
{
    // A probe that does not heed its cancellation is given up this long after the round's time is over.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(200);

    // What is asked of servers ends this long before the round, at most: whoever compares two of them can still judge by the one that has answered.
    private static readonly TimeSpan MostToJudge = TimeSpan.FromMilliseconds(500);

    // What probes may take to tidy up after themselves when the round is ended early.
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(700);

    /// <summary>Runs the probes against everything they apply to.</summary>
    /// <param name="installation">What to look at.</param>
    /// <param name="probes">What to ask.</param>
    /// <param name="timeout">The time limit of the whole round: no result comes later.</param>
    /// <param name="cancel">Ends the round at once.</param>
    public static async IAsyncEnumerable<HealthCheck> RunAsync(
        IInstallation installation, IEnumerable<HealthProbe> probes, TimeSpan timeout, [EnumeratorCancellation] CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(timeout, installation.Clock);
        using CancellationTokenSource round = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using CancellationTokenSource asking = new(timeout - Shorter(timeout / 10, MostToJudge), installation.Clock);
        using CancellationTokenSource questions = CancellationTokenSource.CreateLinkedTokenSource(asking.Token, round.Token);
        HealthContext context = new(installation, questions.Token);
        Channel<HealthCheck> results = Channel.CreateUnbounded<HealthCheck>();
        Task[] running =
        [
            .. from probe in probes
               from target in probe.Targets(installation.Environment)
               select Task.Run(async () => results.Writer.TryWrite(await LookAsync(probe, target, context, timeout, round.Token).ConfigureAwait(false)), CancellationToken.None),
        ];
        Task completed = Task.WhenAll(running).ContinueWith(
            all => results.Writer.TryComplete(all.Exception), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

        try
        {
            await foreach (HealthCheck check in results.Reader.ReadAllAsync(cancel).ConfigureAwait(false))
            {
                yield return check;
            }
        }
        finally
        {
            // Whoever stops reading early (Ctrl-C, Select-Object -First) ends the probes, too; they get a moment to tidy up.
            await round.CancelAsync().ConfigureAwait(false);
            await completed.WaitAsync(Farewell, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One check by itself: never throws but for the end of the process, and takes no longer than its time.</summary>
    /// <param name="probe">What to ask.</param>
    /// <param name="target">Of what.</param>
    /// <param name="context">What the checks of the round share.</param>
    /// <param name="timeout">The time limit.</param>
    /// <param name="round">Ends it when the round is over.</param>
    public static async Task<HealthCheck> LookAsync(HealthProbe probe, string target, HealthContext context, TimeSpan timeout, CancellationToken round)
    {
        long started = Stopwatch.GetTimestamp();
        Observation seen;
        try
        {
            Task<Observation> look = probe.ObserveAsync(context, target, round);
            seen = await look.WaitAsync(timeout + Grace, context.Installation.Clock, CancellationToken.None).ConfigureAwait(false);
        }
        catch (AcodeException failure)
        {
            seen = Failed(probe, failure);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            seen = Failed(probe, probe.OnTimeout(context, target, timeout));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A fault of the probe itself must not look like health, nor end the round for the others.
            seen = new Observation(Verdict.Unknown, $"The check itself failed: {e.GetType().Name}.")
            {
                Cause = FailureClass.Unknown,
                ErrorId = "CheckFaulted",
                Remedy = "This is a fault of AcodeOps: report it with the component and the target.",
            };
        }

        return new HealthCheck
        {
            Component = probe.Component,
            Target = target,
            Verdict = seen.Verdict,
            Summary = seen.Summary,
            LatencyMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
            CheckedAt = context.Now,
            Value = seen.Value,
            Unit = seen.Unit,
            Threshold = seen.Threshold,
            Evidence = seen.Evidence,
            Remedy = seen.Remedy,
            Cause = seen.Cause,
            ErrorId = seen.ErrorId,
        };
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static Observation Failed(HealthProbe probe, AcodeException failure) => new(probe.OnFailure(failure.Cause), failure.Message)
    {
        Cause = failure.Cause,
        ErrorId = failure.Id,
        Remedy = failure.Advice,
    };
}
