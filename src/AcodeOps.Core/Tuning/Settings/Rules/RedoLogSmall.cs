using System.Globalization;

namespace AcodeOps.Tuning.Settings.Rules;

/// <summary>A redo log that is full within the hour has pages flushed in a hurry. Source: MySQL Reference Manual, "Optimizing InnoDB Redo Logging".</summary>
internal sealed class RedoLogSmall : SettingRule
{
    private const long Megabyte = 1 << 20;
    private const long Unit = 1 << 30;
    private const long Most = 16 * Unit;
    private static readonly TimeSpan LongEnough = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public override string Id => "RedoLogSmall";

    /// <inheritdoc />
    public override SettingChange? Judge(ServerSettings server)
    {
        // MySQL 8.0.30 and later have one capacity; before it, and on MariaDB, it is made of files.
        bool hasCapacity = server.Whole("innodb_redo_log_capacity") is not null;
        string variable = hasCapacity ? "innodb_redo_log_capacity" : "innodb_log_file_size";
        long files = hasCapacity ? 1 : server.Whole("innodb_log_files_in_group") ?? 1;
        if (server.Whole(variable) is not { } size || server.Counter("Innodb_os_log_written") is not { } written || server.Uptime < LongEnough)
        {
            return null;
        }

        double anHour = written / server.Uptime.TotalHours;
        long wanted = Math.Min(Most, (long)Math.Ceiling(anHour / Unit) * Unit);
        return size * files >= Math.Min(anHour, Most) ? null : Change(
            server, variable, Number(((wanted / files) + Megabyte - 1) / Megabyte * Megabyte), "The redo log is full within an hour: pages are flushed in a hurry, and writes wait.",
            string.Create(CultureInfo.InvariantCulture, $"{anHour / 1048576:#,0} MiB an hour are written to a log of {Size(size * files)}, over {server.Uptime.TotalHours:0.#} hours."),
            $"An hour of writes fits into {Size(wanted)}.", "A recovery after a crash may take longer; the disk needs the room.");
    }
}
