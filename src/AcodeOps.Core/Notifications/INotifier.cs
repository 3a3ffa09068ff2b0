namespace AcodeOps.Notifications;

/// <summary>Carries a notification to one channel, once. Safe for concurrent use.</summary>
public interface INotifier
{
    /// <summary>Sends it, and returns when the channel has taken it.</summary>
    /// <param name="channel">Where to.</param>
    /// <param name="notification">What; already free of secrets.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <exception cref="AcodeException">
    /// The channel did not take it; <see cref="AcodeException.RetryAfter"/> is what its server asked for. No message holds
    /// a channel's address or key.
    /// </exception>
    Task SendAsync(NotificationDefinition channel, Notification notification, CancellationToken cancel);
}
