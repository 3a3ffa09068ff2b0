using AcodeOps.Audit;

namespace AcodeOps.Notifications;

/// <summary>
/// Sends a notification to many channels at once. What a channel does wrong is told by its result and never keeps
/// another from being told; whatever goes out is free of secrets.
/// </summary>
public sealed class NotificationDispatcher(INotifier notifier, TimeProvider clock)
{
    private const int MostAttempts = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>The longest that one channel may take, all attempts and pauses together; 10 s unless said otherwise.</summary>
    public TimeSpan ChannelLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The dispatcher of an installation.</summary>
    public static NotificationDispatcher Of(IInstallation installation) => new(installation.Notifier, installation.Clock);

    /// <summary>Sends to all the channels given, and returns when each has taken it or was given up.</summary>
    /// <returns>A result for each channel, in their order.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up; a channel's own time limit is a result.</exception>
    public async Task<IReadOnlyList<NotificationResult>> SendAsync(
        Notification notification, IReadOnlyList<NotificationDefinition> channels, CancellationToken cancel)
    {
        Notification clean = notification.Cleaned();
        return await Task.WhenAll(channels.Select(channel => SendToAsync(channel, clean, cancel))).ConfigureAwait(false);
    }

    private async Task<NotificationResult> SendToAsync(NotificationDefinition channel, Notification notification, CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(ChannelLimit, clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        DateTimeOffset end = clock.GetUtcNow() + ChannelLimit;
        TimeSpan pause = FirstPause;
        for (int attempt = 1; ; attempt++)
        {
            AcodeException? failure = await TryAsync(channel, notification, both.Token, cancel).ConfigureAwait(false);
            if (failure is null)
            {
                return ResultOf(channel, notification, attempt, null);
            }

            // A server that asks for more time than there is left would only be asked too early.
            TimeSpan wait = failure.RetryAfter > pause ? failure.RetryAfter.Value : pause;
            if (attempt == MostAttempts || !IsPassing(failure) || clock.GetUtcNow() + wait >= end)
            {
                return ResultOf(channel, notification, attempt, failure);
            }

            await Task.Delay(wait, clock, cancel).ConfigureAwait(false);
            pause *= 2;
        }
    }

    private async Task<AcodeException?> TryAsync(
        NotificationDefinition channel, Notification notification, CancellationToken both, CancellationToken cancel)
    {
        try
        {
            await notifier.SendAsync(channel, notification, both).ConfigureAwait(false);
            return null;
        }
        catch (AcodeException failure)
        {
            return failure;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return new AcodeException("NotificationTimedOut", FailureClass.Timeout, FormattableString.Invariant($"it did not answer within {ChannelLimit.TotalSeconds:0.#} s."));
        }
        catch (Exception unforeseen)
        {
            // The others must be told all the same. The text is not known to be free of secrets: only its type is told.
            return new AcodeException("NotificationFailed", FailureClass.Unknown, $"it failed in a way that is not foreseen ({unforeseen.GetType().Name}).");
        }
    }

    private static bool IsPassing(AcodeException failure) => failure.Cause.IsOutage() || failure.Cause == FailureClass.Throttled;

    private static NotificationResult ResultOf(NotificationDefinition channel, Notification notification, int attempts, AcodeException? failure) => new()
    {
        Channel = channel.Name,
        Kind = channel.Kind,
        Delivered = failure is null,
        Attempts = attempts,
        IncidentId = notification.IncidentId,
        ErrorId = failure?.Id,
        ErrorCause = failure?.Cause,
        Error = AuditDetails.Clean(failure?.Message),
        Advice = AuditDetails.Clean(failure?.Advice),
    };
}
