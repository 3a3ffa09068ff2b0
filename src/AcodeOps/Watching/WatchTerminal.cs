using System.Management.Automation;

namespace AcodeOps.Watching;

/// <summary>Whether there is a terminal that a live view can be drawn on.</summary>
internal static class WatchTerminal
{
    /// <summary>The terminal's screen; null where plain lines are wanted, or all that can be.</summary>
    public static IWatchScreen? Find(PSCmdlet cmdlet, bool isPlain)
    {
        // A remote session's console is not the one that its user looks at.
        bool canDraw = !isPlain && !Console.IsOutputRedirected && cmdlet.Host is { Name: not "ServerRemoteHost", UI.SupportsVirtualTerminal: true } && IsUnset("CI")
            && System.Environment.GetEnvironmentVariable("TERM") is not "dumb" && OutputRendering(cmdlet) is not "PlainText";
        return canDraw ? Composition.Adapters.Open.OpenScreen(colours: IsUnset("NO_COLOR")) : null;
    }

    private static bool IsUnset(string variable) => string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable(variable));

    private static string? OutputRendering(PSCmdlet cmdlet) =>
        cmdlet.SessionState.PSVariable.GetValue("PSStyle") is { } style ? PSObject.AsPSObject(style).Properties["OutputRendering"]?.Value?.ToString() : null;
}
