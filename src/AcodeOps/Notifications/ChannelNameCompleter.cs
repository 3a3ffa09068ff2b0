using AcodeOps.Shell;

namespace AcodeOps.Notifications;

/// <summary>Completes the names of notification channels.</summary>
public sealed class ChannelNameCompleter : ConnectedNameCompleter
{
    /// <inheritdoc />
    protected override IEnumerable<(string Name, string? Tip)> Names(AcodeEnvironment environment) =>
        environment.Notifications.Select(channel => (channel.Name, (string?)channel.Kind.ToString()));
}
