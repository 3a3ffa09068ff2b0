namespace AcodeOps.Tuning.Settings.Rules;

/// <summary>Looking into the catalogue makes the server dive into tables.</summary>
internal sealed class StatisticsOnMetadata : SettingRule
{
    /// <inheritdoc />
    public override string Id => "StatisticsOnMetadata";

    /// <inheritdoc />
    public override SettingChange? Judge(ServerSettings server) => server.IsOn("innodb_stats_on_metadata") != true ? null : Change(
        server, "innodb_stats_on_metadata", "OFF", "Whoever looks into information_schema makes the server sample tables, and plans change by it.", "innodb_stats_on_metadata is on.", "Statistics change when data does.");
}
