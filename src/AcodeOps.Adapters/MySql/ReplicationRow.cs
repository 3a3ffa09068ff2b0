using System.Globalization;

namespace AcodeOps.Adapters.MySql;

/// <summary>
/// One row of SHOW REPLICA STATUS, whichever version wrote it: the columns have other names since MySQL 8.0.22, and
/// MariaDB keeps the old ones.
/// </summary>
internal static class ReplicationRow
{
    public static ReplicationStatus Map(IReadOnlyDictionary<string, object?> row, SourceRole role, DateTimeOffset readAt)
    {
        bool isMariaDb = row.ContainsKey("Using_Gtid");
        bool usesGtid = isMariaDb ? Text(row, "Using_Gtid") is not (null or "No") : Text(row, "Auto_Position") == "1";
        string? received = Gtids(row, isMariaDb ? "Gtid_IO_Pos" : "Retrieved_Gtid_Set");
        string? applied = Gtids(row, isMariaDb ? "Gtid_Slave_Pos" : "Executed_Gtid_Set");
        // Without GTIDs the columns are there, and empty.
        bool hasGtids = usesGtid || !string.IsNullOrEmpty(received);
        received = hasGtids ? received : null;
        applied = hasGtids ? applied : null;
        return new ReplicationStatus
        {
            Source = role,
            Channel = Text(row, "Channel_Name", "Connection_name") ?? "",
            ReplicatesFrom = $"{Text(row, "Source_Host", "Master_Host")}:{Text(row, "Source_Port", "Master_Port")}",
            Receiver = Thread(row, "Replica_IO_Running", "Slave_IO_Running"),
            Applier = Thread(row, "Replica_SQL_Running", "Slave_SQL_Running"),
            LagSeconds = Number(row, "Seconds_Behind_Source", "Seconds_Behind_Master"),
            ConfiguredDelaySeconds = Number(row, "SQL_Delay"),
            ReceivedGtid = received,
            AppliedGtid = applied,
            HasAppliedAllReceived = hasGtids ? GtidGap.Count(received, applied) is { } gap ? gap == 0 : null : ComparePositions(row),
            ReceiverError = Error(row, "Last_IO_Errno", "Last_IO_Error"),
            ApplierError = Error(row, "Last_SQL_Errno", "Last_SQL_Error"),
            UsesGtid = usesGtid,
            ReadAt = readAt,
        };
    }

    public static string? Text(IReadOnlyDictionary<string, object?> row, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (row.TryGetValue(name, out object? value))
            {
                return Convert.ToString(value, CultureInfo.InvariantCulture) is { } text && value is not null ? text : null;
            }
        }

        return null;
    }

    /// <summary>Number and text of an error; null when its number is 0.</summary>
    public static string? Error(IReadOnlyDictionary<string, object?> row, string number, string text) =>
        Text(row, number) is null or "0" ? null : $"{Text(row, number)}: {Text(row, text)}";

    private static double? Number(IReadOnlyDictionary<string, object?> row, params ReadOnlySpan<string> names) =>
        double.TryParse(Text(row, names), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    // The server breaks long sets into lines.
    private static string? Gtids(IReadOnlyDictionary<string, object?> row, string name) => Text(row, name)?.Replace("\n", "", StringComparison.Ordinal);

    private static ReplicationThread Thread(IReadOnlyDictionary<string, object?> row, params ReadOnlySpan<string> names) => Text(row, names) switch
    {
        "Yes" => ReplicationThread.Running,
        "No" => ReplicationThread.Stopped,
        "Connecting" or "Preparing" => ReplicationThread.Connecting,
        _ => ReplicationThread.Unknown,
    };

    private static bool? ComparePositions(IReadOnlyDictionary<string, object?> row)
    {
        string? readFile = Text(row, "Source_Log_File", "Master_Log_File");
        string? read = Text(row, "Read_Source_Log_Pos", "Read_Master_Log_Pos");
        string? appliedFile = Text(row, "Relay_Source_Log_File", "Relay_Master_Log_File");
        string? applied = Text(row, "Exec_Source_Log_Pos", "Exec_Master_Log_Pos");
        return string.IsNullOrEmpty(readFile) || read is null || string.IsNullOrEmpty(appliedFile) || applied is null
            ? null
            : readFile == appliedFile && read == applied;
    }
}
