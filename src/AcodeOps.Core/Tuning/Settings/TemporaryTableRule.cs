using System.Globalization;

namespace AcodeOps.Tuning.Settings;

/// <summary>A limit of temporary tables in memory. One size is proposed and never a second: what still does not fit needs another statement.</summary>
/// <param name="variable">The limit.</param>
internal abstract class TemporaryTableRule(string variable) : SettingRule
{
    private const long Wanted = 64 << 20;
    private const double Many = 0.25;
    private const long Enough = 1_000;

    /// <inheritdoc />
    public override FindingSeverity Severity => FindingSeverity.Information;

    /// <inheritdoc />
    public override SettingChange? Judge(ServerSettings server) =>
        server.Whole(variable) is not (< Wanted and var size) || server.Counter("Created_tmp_tables") is not (>= Enough and var made)
        || server.Counter("Created_tmp_disk_tables") is not { } onDisk || onDisk < made * Many ? null : Change(
            server, variable, Number(Wanted), "Many temporary tables of statements do not fit into memory.",
            string.Create(CultureInfo.InvariantCulture, $"{onDisk:#,0} of {made:#,0} went to the disk; {variable} is {Size(size)}."),
            "Fewer go to the disk; Get-AcodeSlowQuery tells whose they are.", "Each connection may take as much.");
}
