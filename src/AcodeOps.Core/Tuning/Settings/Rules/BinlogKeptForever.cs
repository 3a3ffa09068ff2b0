namespace AcodeOps.Tuning.Settings.Rules;

/// <summary>Binary logs that are never removed fill the disk, and then nothing can be written.</summary>
internal sealed class BinlogKeptForever : SettingRule
{
    private const long AWeek = 7 * 24 * 3600;

    /// <inheritdoc />
    public override string Id => "BinlogKeptForever";

    /// <inheritdoc />
    public override SettingChange? Judge(ServerSettings server)
    {
        bool hasSeconds = server.Text("binlog_expire_logs_seconds") is not null;
        bool isForever = server.Whole("binlog_expire_logs_seconds") is null or 0 && server.Whole("expire_logs_days") is null or 0;
        return server.IsOn("log_bin") != true || !isForever || !(hasSeconds || server.Text("expire_logs_days") is not null) ? null : Change(
            server, hasSeconds ? "binlog_expire_logs_seconds" : "expire_logs_days", hasSeconds ? Number(AWeek) : "7", "Binary logs are never removed: one day the disk is full.",
            "log_bin is on, and no age is set at which they go.", "They go after a week.", "A replica that is behind for longer has to be made anew, and so has a CDC connection.");
    }
}
