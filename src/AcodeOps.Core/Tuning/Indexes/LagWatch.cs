using System.Globalization;

namespace AcodeOps.Tuning.Indexes;

/// <summary>Watches a replica's lag while something heavy runs there, and has it broken off when the replica falls behind.</summary>
/// <param name="source">The source.</param>
/// <param name="maximum">So much lag is allowed.</param>
/// <param name="clock">The clock.</param>
internal sealed class LagWatch(ISource source, TimeSpan maximum, TimeProvider clock)
{
    /// <summary>The id of the failure of a replica that has fallen behind.</summary>
    public const string Behind = "ReplicaBehind";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>The highest lag that was seen, in seconds; null where none was told.</summary>
    public double? Highest { get; private set; }

    /// <summary>Whether the server replicates at all. Who may not read that knows what the source is for.</summary>
    public async Task<bool> IsReplicaAsync(CancellationToken cancel)
    {
        try
        {
            return (await source.ReadReplicationAsync(cancel).ConfigureAwait(false)).Count > 0;
        }
        catch (AcodeException failure) when (failure.Cause == FailureClass.Permission)
        {
            return source.Definition.Role == SourceRole.Backup;
        }
    }

    /// <summary>Makes sure that the replica is in step before anything is begun.</summary>
    /// <exception cref="AcodeException"><c>ReplicaBehind</c>.</exception>
    public async Task RequireAsync(CancellationToken cancel)
    {
        if (await ReadAsync(cancel).ConfigureAwait(false) is not { } lag)
        {
            throw Failure("its lag is not known", "Nothing was begun.");
        }

        if (lag > maximum.TotalSeconds)
        {
            throw Failure(Told(lag), "Nothing was begun.");
        }
    }

    /// <summary>Runs something, and breaks it off when the lag has been too high, or unknown for as long as it may be high.</summary>
    /// <param name="work">What runs. Its token breaks it off; what had ended by then counts as done.</param>
    /// <param name="progress">Is told of the lag.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>ReplicaBehind</c>: it was broken off.</exception>
    public async Task RunAsync(Func<CancellationToken, Task> work, Action<double?> progress, CancellationToken cancel)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task running = work(stop.Token);
        string? why = null;
        for (long known = clock.GetTimestamp(); why is null && !running.IsCompleted && !cancel.IsCancellationRequested;)
        {
            await Task.WhenAny(running, Task.Delay(Interval, clock, stop.Token)).ConfigureAwait(false);
            if (running.IsCompleted || cancel.IsCancellationRequested)
            {
                break;
            }

            double? lag;
            try
            {
                lag = await ReadAsync(stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Its operator stops it: what runs is waited for below.
                break;
            }

            progress(lag);
            known = lag is null ? known : clock.GetTimestamp();
            why = lag > maximum.TotalSeconds ? Told(lag.Value)
                : clock.GetElapsedTime(known) > maximum ? string.Create(CultureInfo.InvariantCulture, $"its lag is not known for {maximum.TotalSeconds:0} s") : null;
        }

        if (why is not null)
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }

        try
        {
            await running.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (why is not null && !cancel.IsCancellationRequested)
        {
            throw Failure(why, "The build was broken off, and nothing of it is left.");
        }
    }

    // The delay that a replica keeps on purpose is no lag. Of several channels the worst counts.
    private async Task<double?> ReadAsync(CancellationToken cancel)
    {
        try
        {
            IReadOnlyList<ReplicationStatus> channels = await source.ReadReplicationAsync(cancel).ConfigureAwait(false);
            if (channels.Count == 0 || channels.Any(channel => channel.LagSeconds is null))
            {
                return null;
            }

            double lag = channels.Max(channel => Math.Max(0, channel.LagSeconds!.Value - (channel.ConfiguredDelaySeconds ?? 0)));
            Highest = Math.Max(Highest ?? 0, lag);
            return lag;
        }
        catch (AcodeException)
        {
            return null;
        }
    }

    private string Told(double lag) => string.Create(CultureInfo.InvariantCulture, $"it is {lag:0} s behind, and {maximum.TotalSeconds:0} s are allowed");

    private AcodeException Failure(string why, string what) => new(Behind, FailureClass.Conflict, $"The {source.Definition} is behind: {why}. {what}")
    {
        Advice = "Wait until it is in step (Get-AcodeReplication), build in a quieter hour, or allow more by -MaximumLagSeconds.",
        Subject = source.Definition,
        IsFatal = false,
    };
}
