using System.Globalization;

namespace AcodeOps.Adapters.Notifications;

/// <summary>Text on its way to a channel.</summary>
internal static class ChannelText
{
    private const string CutOff = "…";

    // Of an environment, an incident or a run; ULIDs have 26.
    private const int MaxName = 64;

    /// <summary>The text, at most so many UTF-16 units long, never cut within a character.</summary>
    public static string Cut(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return text;
        }

        int end = limit - CutOff.Length;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + CutOff;
    }

    /// <summary>An instant as people and machines read it: UTC, to the second.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Where it comes from and what it belongs to, in one line.</summary>
    public static string Origin(Notification notification) =>
        $"{Cut(notification.Environment, MaxName)} · {notification.Severity} · incident {Cut(notification.IncidentId, MaxName)}"
        + (notification.RunId is { } run && run != notification.IncidentId ? $" · run {Cut(run, MaxName)}" : "")
        + $" · {Time(notification.At)}";

    /// <summary>The title, with where the incident stands before it.</summary>
    public static string Title(Notification notification) => $"{notification.Phase}: {notification.Title}";
}
