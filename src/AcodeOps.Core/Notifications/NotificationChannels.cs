namespace AcodeOps.Notifications;

/// <summary>The channels of an environment, and which of them are told.</summary>
public static class NotificationChannels
{
    /// <summary>All channels of an environment.</summary>
    /// <exception cref="AcodeException"><c>NotificationChannelMissing</c>: it has none.</exception>
    public static IReadOnlyList<NotificationDefinition> Of(AcodeEnvironment environment) => environment.Notifications.Count > 0
        ? environment.Notifications
        : throw new AcodeException("NotificationChannelMissing", FailureClass.InvalidInput, $"Environment '{environment.Name}' has no channel that could be told.")
        {
            Advice = $"Add a channel to environment '{environment.Name}' in {environment.Path}, such as notifications: {{ team: {{ kind: slack, credential: secretsmanager:NAME }} }}.",
            Subject = environment,
        };

    /// <summary>
    /// The channels that are told when none is named. A resolution goes to all of them: how severe the beginning was is
    /// not known here, and whoever was alarmed must hear the end.
    /// </summary>
    public static IReadOnlyList<NotificationDefinition> For(
        Notification notification, IEnumerable<NotificationDefinition> channels) =>
        [.. channels.Where(channel => notification.Phase == NotificationPhase.Resolved || notification.Severity >= channel.MinSeverity)];

    /// <summary>That a channel was named which the environment does not have.</summary>
    public static AcodeException NotDefined(AcodeEnvironment environment, string name) => new(
        "NotificationChannelNotDefined", FailureClass.InvalidInput, $"Environment '{environment.Name}' has no channel '{name}'.")
    {
        Advice = $"It has {string.Join(", ", environment.Notifications.Select(channel => channel.Name))}.",
        Subject = name,
    };
}
