using System.Globalization;

namespace AcodeOps.Tuning.Settings.Rules;

/// <summary>Connections that run out are an outage for whoever comes next: a sync among them.</summary>
internal sealed class ConnectionsShort : SettingRule
{
    private const double TooMany = 0.85;

    /// <inheritdoc />
    public override string Id => "ConnectionsShort";

    /// <inheritdoc />
    public override SettingChange? Judge(ServerSettings server)
    {
        if (server.Whole("max_connections") is not { } most || server.Counter("Max_used_connections") is not { } used || used < most * TooMany)
        {
            return null;
        }

        // So that the same use is under the limit, whatever was counted until now.
        long wanted = (long)Math.Ceiling(used * 1.5 / 50) * 50;
        string refused = server.Counter("Connection_errors_max_connections") is > 0 and var times ? string.Create(CultureInfo.InvariantCulture, $", and {times:#,0} were refused") : "";
        return Change(
            server, "max_connections", Number(wanted), "Connections nearly run out, or have.",
            string.Create(CultureInfo.InvariantCulture, $"{used:#,0} of {most:#,0} were in use at once{refused}."),
            "Whoever comes next gets a connection.", $"Each may take up to {Size(server.Memory().Each)} of memory. Find out first who opens so many.");
    }
}
