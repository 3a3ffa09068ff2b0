using System.Globalization;

namespace AcodeOps.Tuning.Settings.Rules;

/// <summary>Tables are opened again and again since too few may stay open.</summary>
internal sealed class TableCacheSmall : SettingRule
{
    private const double Full = 0.95;
    private const double ManyASecond = 1;

    /// <inheritdoc />
    public override string Id => "TableCacheSmall";

    /// <inheritdoc />
    public override FindingSeverity Severity => FindingSeverity.Information;

    /// <inheritdoc />
    public override SettingChange? Judge(ServerSettings server) =>
        server.Whole("table_open_cache") is not { } size || server.Counter("Open_tables") is not { } open || server.Counter("Opened_tables") is not { } opened
        || open < size * Full || server.Uptime < TimeSpan.FromMinutes(10) || opened / server.Uptime.TotalSeconds < ManyASecond ? null : Change(
            server, "table_open_cache", Number(size * 2), "Tables are opened again and again.",
            string.Create(CultureInfo.InvariantCulture, $"{open:#,0} of {size:#,0} places are taken, and {opened / server.Uptime.TotalSeconds:0.#} tables a second were opened."),
            "Tables stay open.", "The server needs as many file handles.");
}
