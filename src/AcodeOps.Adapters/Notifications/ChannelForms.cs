namespace AcodeOps.Adapters.Notifications;

/// <summary>The forms of all kinds of channels.</summary>
internal static class ChannelForms
{
    private static readonly Dictionary<NotificationChannelKind, ChannelForm> Forms =
        new ChannelForm[] { new SlackForm(), new TeamsForm(), new PagerDutyForm(), new WebhookForm() }.ToDictionary(form => form.Kind);

    /// <summary>The form of a kind.</summary>
    public static ChannelForm Of(NotificationChannelKind kind) => Forms[kind];
}
