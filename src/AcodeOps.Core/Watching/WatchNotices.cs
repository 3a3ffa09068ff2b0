using AcodeOps.Notifications;

namespace AcodeOps.Watching;

/// <summary>Tells the environment's channels what a watch does not do by itself, and that it is over; a watch never waits for them.</summary>
internal sealed class WatchNotices(IInstallation installation)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);
    private Task _telling = Task.CompletedTask;

    /// <summary>Tells why nothing is done, once an incident and reason.</summary>
    public void Tell(WatchIncident incident, RecoveryDecision decision, SwitchHold hold)
    {
        if (incident.IsNews(hold.Id))
        {
            NotificationSeverity severity = decision.Strategy == RecoveryStrategy.Unknown ? NotificationSeverity.Error : NotificationSeverity.Critical;
            Send(
                $"{installation.Environment.Name} needs people: {decision.Strategy}, and the watch does not act ({hold.Id})",
                $"{decision.Reason}\n{hold.Message}\n{hold.Advice}".TrimEnd(), severity, NotificationPhase.Opened, incident.Id);
        }
    }

    /// <summary>Tells that an incident is over of which people were told.</summary>
    public void Close(WatchIncident? incident, DateTimeOffset now)
    {
        if (incident is { WasTold: true })
        {
            string text = $"Seen from {incident.Since.UtcDateTime:u} to {now.UtcDateTime:u}.";
            Send($"Ingestion of {installation.Environment.Name} can go on: its active route is well", text, NotificationSeverity.Information, NotificationPhase.Resolved, incident.Id);
        }
    }

    /// <summary>Gives what is still being told a moment.</summary>
    public async Task EndAsync() => await _telling.WaitAsync(Farewell, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void Send(string title, string text, NotificationSeverity severity, NotificationPhase phase, string incidentId)
    {
        Notification notification = NotificationSubject.Of(null).ToNotification(installation, new(title, text, severity, phase, incidentId));
        IReadOnlyList<NotificationDefinition> channels = NotificationChannels.For(notification, installation.Environment.Notifications);
        if (channels.Count > 0)
        {
            _telling = SendAfterAsync(_telling, notification, channels);
        }
    }

    // In their order: what is over must not be told before it has begun.
    private async Task SendAfterAsync(Task before, Notification notification, IReadOnlyList<NotificationDefinition> channels)
    {
        await before.ConfigureAwait(false);
        await NotificationDispatcher.Of(installation).SendAsync(notification, channels, CancellationToken.None).ConfigureAwait(false);
    }
}
