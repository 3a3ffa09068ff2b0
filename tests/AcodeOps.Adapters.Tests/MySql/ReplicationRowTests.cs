using AcodeOps.Adapters.MySql;

namespace AcodeOps.Adapters.Tests.MySql;

/// <summary>Rows as the versions write them that no test server runs: their columns by the manuals, the values made up.</summary>
public sealed class ReplicationRowTests
{
    private const string Server = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

    // SHOW SLAVE STATUS of MySQL 5.7 and 8.0.21: the same columns, 8.0 added three at the end.
    private static readonly Dictionary<string, object?> MySql57 = Row(
        """
        Slave_IO_State=Waiting for master to send event|Master_Host=db.example|Master_User=repl|Master_Port=3306|Connect_Retry=60
        Master_Log_File=bin.000007|Read_Master_Log_Pos=1961|Relay_Log_File=relay.000002|Relay_Log_Pos=1000|Relay_Master_Log_File=bin.000007
        Slave_IO_Running=Yes|Slave_SQL_Running=Yes|Replicate_Do_DB=|Replicate_Ignore_DB=|Replicate_Do_Table=|Replicate_Ignore_Table=
        Replicate_Wild_Do_Table=|Replicate_Wild_Ignore_Table=|Last_Errno=0|Last_Error=|Skip_Counter=0|Exec_Master_Log_Pos=1961|Relay_Log_Space=500
        Until_Condition=None|Until_Log_File=|Until_Log_Pos=0|Master_SSL_Allowed=No|Master_SSL_CA_File=|Master_SSL_CA_Path=|Master_SSL_Cert=
        Master_SSL_Cipher=|Master_SSL_Key=|Seconds_Behind_Master=7|Master_SSL_Verify_Server_Cert=No|Last_IO_Errno=0|Last_IO_Error=
        Last_SQL_Errno=0|Last_SQL_Error=|Replicate_Ignore_Server_Ids=|Master_Server_Id=1|Master_UUID=3e11fa47-71ca-11e1-9e33-c80aa9429562
        Master_Info_File=mysql.slave_master_info|SQL_Delay=0|SQL_Remaining_Delay=NULL|Slave_SQL_Running_State=Slave has read all relay log
        Master_Retry_Count=86400|Master_Bind=|Last_IO_Error_Timestamp=|Last_SQL_Error_Timestamp=|Master_SSL_Crl=|Master_SSL_Crlpath=
        Retrieved_Gtid_Set=|Executed_Gtid_Set=|Auto_Position=0|Replicate_Rewrite_DB=|Channel_Name=|Master_TLS_Version=
        """);

    private static readonly Dictionary<string, object?> MySql8021 = With(
        MySql57,
        "Master_public_key_path=|Get_master_public_key=0|Network_Namespace=|Auto_Position=1|Channel_Name=farma"
        + $"|Retrieved_Gtid_Set={Server}:5-20|Executed_Gtid_Set={Server}:1-18");

    // SHOW REPLICA STATUS since 8.0.22.
    private static readonly Dictionary<string, object?> MySql8022 = Row(
        $"""
        Replica_IO_State=Reconnecting after a failed source event read|Source_Host=db.example|Source_User=repl|Source_Port=3307|Connect_Retry=60
        Source_Log_File=bin.000007|Read_Source_Log_Pos=1961|Relay_Log_File=relay.000002|Relay_Log_Pos=1000|Relay_Source_Log_File=bin.000007
        Replica_IO_Running=Connecting|Replica_SQL_Running=Yes|Last_Errno=0|Last_Error=|Skip_Counter=0|Exec_Source_Log_Pos=1961
        Seconds_Behind_Source=NULL|Last_IO_Errno=2003|Last_IO_Error=error connecting to source|Last_SQL_Errno=0|Last_SQL_Error=
        Source_Server_Id=1|Source_UUID={Server}|SQL_Delay=3600|SQL_Remaining_Delay=NULL|Replica_SQL_Running_State=waiting
        Retrieved_Gtid_Set={Server}:1-20|Executed_Gtid_Set={Server}:1-20|Auto_Position=1|Channel_Name=
        """);

    // SHOW ALL SLAVES STATUS of MariaDB 10.5.
    private static readonly Dictionary<string, object?> MariaDb105 = With(
        MySql57,
        "Connection_name=north|Slave_SQL_State=Slave has read all relay log|Using_Gtid=Slave_Pos|Gtid_IO_Pos=0-1-105|Parallel_Mode=optimistic"
        + "|Slave_DDL_Groups=1|Slave_Non_Transactional_Groups=0|Slave_Transactional_Groups=5|Retried_transactions=0|Max_relay_log_size=1073741824"
        + "|Executed_log_entries=12|Slave_received_heartbeats=9|Slave_heartbeat_period=30.000|Gtid_Slave_Pos=0-1-100"
        + "|Slave_IO_Running=Preparing|Slave_SQL_Running=No|Last_SQL_Errno=1950|Last_SQL_Error=out of order|Seconds_Behind_Master=NULL",
        "Retrieved_Gtid_Set", "Executed_Gtid_Set", "Auto_Position", "Channel_Name", "Master_UUID");

    [Fact]
    public void MySql_5_7_by_file_and_position()
    {
        ReplicationStatus status = Map(MySql57);

        Assert.Equal(("", "db.example:3306"), (status.Channel, status.ReplicatesFrom));
        Assert.Equal((ReplicationThread.Running, ReplicationThread.Running), (status.Receiver, status.Applier));
        Assert.Equal((7.0, 0.0), (status.LagSeconds, status.ConfiguredDelaySeconds));
        Assert.Equal((false, true), (status.UsesGtid, status.HasAppliedAllReceived));
        Assert.True(status is { ReceivedGtid: null, AppliedGtid: null, ReceiverError: null, ApplierError: null, TransactionsToApply: null });
        Assert.False(Map(With(MySql57, "Exec_Master_Log_Pos=1000")).HasAppliedAllReceived);
        Assert.Null(Map(With(MySql57, "Master_Log_File=")).HasAppliedAllReceived);
    }

    [Fact]
    public void MySql_8_0_21_by_GTID()
    {
        ReplicationStatus status = Map(MySql8021);

        Assert.Equal("farma", status.Channel);
        Assert.Equal((true, false, 2L), (status.UsesGtid, status.HasAppliedAllReceived, status.TransactionsToApply));
    }

    [Fact]
    public void MySql_8_0_22_with_its_primary_dead()
    {
        ReplicationStatus status = Map(MySql8022);

        Assert.Equal("db.example:3307", status.ReplicatesFrom);
        Assert.Equal((ReplicationThread.Connecting, ReplicationThread.Running), (status.Receiver, status.Applier));
        Assert.Equal((null, 3600.0), (status.LagSeconds, status.ConfiguredDelaySeconds));
        Assert.Equal("2003: error connecting to source", status.ReceiverError);
        Assert.True(status.HasAppliedAllReceived);
    }

    [Fact]
    public void MariaDb_10_5_of_several_sources()
    {
        ReplicationStatus status = Map(MariaDb105);

        Assert.Equal("north", status.Channel);
        Assert.Equal((ReplicationThread.Connecting, ReplicationThread.Stopped), (status.Receiver, status.Applier));
        Assert.Equal((true, false, 5L), (status.UsesGtid, status.HasAppliedAllReceived, status.TransactionsToApply));
        Assert.Equal("1950: out of order", status.ApplierError);
        Assert.Null(status.LagSeconds);
    }

    [Fact]
    public void Columns_that_are_missing_are_unknown()
    {
        ReplicationStatus status = Map([]);

        Assert.Equal((ReplicationThread.Unknown, ReplicationThread.Unknown), (status.Receiver, status.Applier));
        Assert.True(status is { LagSeconds: null, HasAppliedAllReceived: null, ReceivedGtid: null });
    }

    private static ReplicationStatus Map(Dictionary<string, object?> row) => ReplicationRow.Map(row, SourceRole.Backup, DateTimeOffset.UnixEpoch);

    private static Dictionary<string, object?> Row(string text) => text.Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(cell => cell.Trim().Split('=', 2))
        .ToDictionary(cell => cell[0], cell => cell[1] == "NULL" ? null : (object?)cell[1], StringComparer.OrdinalIgnoreCase);

    private static Dictionary<string, object?> With(Dictionary<string, object?> row, string changes, params string[] without)
    {
        Dictionary<string, object?> copy = new(row, StringComparer.OrdinalIgnoreCase);
        foreach ((string name, object? value) in Row(changes))
        {
            copy[name] = value;
        }

        foreach (string name in without)
        {
            copy.Remove(name);
        }

        return copy;
    }
}
