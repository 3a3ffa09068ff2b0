using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AcodeOps.Health;

namespace AcodeOps.Metrics;

/// <summary>Measures metrics, all at once, and hands out each as it comes.</summary>
public static class MetricRunner
{
    // A reading that does not heed its cancellation is given up this long after the time is over.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(200);

    // What health checks may take to tidy up after themselves when the call is ended early.
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(700);

    /// <summary>Measures the wanted metrics. What cannot be measured comes without a value, with the reason; the collection's own metrics come last.</summary>
    /// <param name="installation">What to measure.</param>
    /// <param name="groups">The groups to measure by.</param>
    /// <param name="wanted">The metrics that are asked for.</param>
    /// <param name="timeout">The time limit of the whole call.</param>
    /// <param name="cancel">Ends it at once.</param>
    public static async IAsyncEnumerable<Metric> RunAsync(
        IInstallation installation, IReadOnlyList<MetricGroup> groups, Predicate<MetricDefinition> wanted, TimeSpan timeout, [EnumeratorCancellation] CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(timeout, installation.Clock);
        using CancellationTokenSource round = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        HealthContext context = new(installation, round.Token) { ReadsTablesInOnePass = true };
        Channel<IReadOnlyList<Metric>> results = Channel.CreateUnbounded<IReadOnlyList<Metric>>();
        MetricGroup[] asked = [.. groups.Where(group => group.Definitions.Any(definition => wanted(definition)))];
        Task[] running =
        [
            .. from @group in asked
               from target in @group.Targets(installation.Environment)
               select Task.Run(async () => results.Writer.TryWrite(await LookAsync(@group, target, context, wanted, timeout, round.Token).ConfigureAwait(false)), CancellationToken.None),
        ];
        Task completed = Task.WhenAll(running).ContinueWith(
            all => results.Writer.TryComplete(all.Exception), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        List<MetricCategory> unknown = [];

        try
        {
            await foreach (IReadOnlyList<Metric> metrics in results.Reader.ReadAllAsync(cancel).ConfigureAwait(false))
            {
                foreach (Metric metric in metrics)
                {
                    if (metric.Value is null)
                    {
                        unknown.Add(metric.Category);
                    }

                    yield return metric;
                }
            }
        }
        finally
        {
            await round.CancelAsync().ConfigureAwait(false);
            await completed.WaitAsync(Farewell, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        IEnumerable<MetricCategory> categories = asked.SelectMany(group => group.Definitions).Where(definition => wanted(definition)).Select(definition => definition.Category);
        foreach (Metric metric in CollectionMetrics.Of(categories, unknown, context.Now))
        {
            if (wanted(MetricCatalog.Find(metric.Name)!))
            {
                yield return metric;
            }
        }
    }

    private static async Task<IReadOnlyList<Metric>> LookAsync(
        MetricGroup group, string target, HealthContext context, Predicate<MetricDefinition> wanted, TimeSpan timeout, CancellationToken round)
    {
        try
        {
            return await group.MeasureAsync(context, target, wanted, round).WaitAsync(timeout + Grace, context.Installation.Clock, CancellationToken.None).ConfigureAwait(false);
        }
        catch (AcodeException failure)
        {
            return group.Unknown(context, target, wanted, failure);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            return group.Unknown(context, target, wanted, new("MetricTimedOut", FailureClass.Timeout, FormattableString.Invariant($"It was not measured within {timeout.TotalSeconds:0.#} s."), e)
            {
                Advice = "Repeat with a larger -TimeoutSeconds.",
            });
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A fault of one reading must not end the collection for the others, nor look like a figure.
            return group.Unknown(context, target, wanted, new("MetricFaulted", FailureClass.Unknown, $"Measuring it failed: {e.GetType().Name}.", e)
            {
                Advice = "This is a fault of AcodeOps: report it with the metric's name.",
            });
        }
    }
}
