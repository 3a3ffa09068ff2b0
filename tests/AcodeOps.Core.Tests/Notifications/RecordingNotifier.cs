using System.Collections.Concurrent;
using AcodeOps.Notifications;

namespace AcodeOps.Core.Tests.Notifications;

/// <summary>A notifier that keeps what it was given, and does with each channel what the test says.</summary>
internal sealed class RecordingNotifier : INotifier
{
    private readonly ConcurrentDictionary<string, int> _attempts = new();

    public ConcurrentQueue<(string Channel, Notification Notification)> Sent { get; } = new();

    /// <summary>Told the channel's name, the attempt from 1, and the token.</summary>
    public Func<string, int, CancellationToken, Task> Act { get; init; } = (_, _, _) => Task.CompletedTask;

    public Task SendAsync(NotificationDefinition channel, Notification notification, CancellationToken cancel)
    {
        Sent.Enqueue((channel.Name, notification));
        return Act(channel.Name, _attempts.AddOrUpdate(channel.Name, 1, (_, n) => n + 1), cancel);
    }
}
