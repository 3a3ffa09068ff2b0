using AcodeOps.Lab.Packages;

namespace AcodeOps.Lab.Servers.Databases;

internal sealed class MySqlEngine : DatabaseEngine
{
    // The tables that tell of replication, of what statements cost, and of how indexes are used; a reader of the replica needs nothing else of performance_schema.
    private static readonly string[] StatusTables =
    [
        StatementTable, IndexTable,
        "replication_connection_configuration", "replication_connection_status", "replication_applier_configuration", "replication_applier_status",
        "replication_applier_status_by_coordinator", "replication_applier_status_by_worker",
    ];

    public override PackageTree Tree => PackageTrees.MySql;

    public override string Program => "usr/sbin/mysqld";

    public override IEnumerable<string> Options =>
    [
        "--mysqlx=OFF", "--gtid-mode=ON", "--enforce-gtid-consistency=ON", "--innodb-redo-log-capacity=64M", "--replica-net-timeout=4", "--secure-file-priv=",
        "--innodb-doublewrite=OFF",

        // Sized for a lab: what the server would fill with zeros at each start takes half of the start's time.
        "--performance-schema-error-size=0", "--performance-schema-events-statements-history-long-size=100", "--performance-schema-events-waits-history-long-size=100",
        "--performance-schema-digests-size=2000", "--performance-schema-max-thread-instances=200", "--performance-schema-max-mutex-instances=20000",
        "--performance-schema-max-rwlock-instances=20000", "--performance-schema-max-table-instances=500", "--performance-schema-accounts-size=50",
        "--performance-schema-users-size=50", "--performance-schema-hosts-size=50", "--table-open-cache=400", "--table-definition-cache=400",
        "--innodb-log-buffer-size=4M", "--innodb-log-writer-threads=OFF", "--innodb-read-io-threads=1", "--innodb-write-io-threads=2",
    ];

    public override string ReadOnlyVariable => "super_read_only";

    public override string CommittedGtids => "SELECT @@GLOBAL.gtid_executed";

    public override IEnumerable<string> ReplicaOptions(bool readOnly) =>
    [
        $"--replicate-rewrite-db={DatabaseAccounts.PrimaryDatabase}->{DatabaseAccounts.BackupDatabase}", "--relay-log-recovery=ON",
        .. readOnly ? ["--super-read-only=ON"] : Array.Empty<string>(),
    ];

    public override IEnumerable<string> ReplicationReaderGrants(string account) =>
        StatusTables.Select(t => $"GRANT SELECT ON performance_schema.{t} TO {account};").Prepend($"GRANT REPLICATION CLIENT ON *.* TO {account};");

    public override string ReplicateFrom(int port, DatabaseLogin replication) =>
        $"CHANGE REPLICATION SOURCE TO SOURCE_HOST='127.0.0.1', SOURCE_PORT={port}, SOURCE_USER='{replication.User}', SOURCE_PASSWORD='{replication.Password}', "
        + "SOURCE_AUTO_POSITION=1, GET_SOURCE_PUBLIC_KEY=1, SOURCE_CONNECT_RETRY=1, SOURCE_RETRY_COUNT=1000000, SOURCE_HEARTBEAT_PERIOD=1";

    public override string ReplicationPassword(string password) => $"CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD='{password}'";

    public override string ReplicationDelay(int seconds) => $"CHANGE REPLICATION SOURCE TO SOURCE_DELAY={seconds}";

    public override string WaitForGtids(string gtids, int seconds) => $"SELECT WAIT_FOR_EXECUTED_GTID_SET('{gtids}', {seconds})";

    public override string Applying => "SELECT SERVICE_STATE FROM performance_schema.replication_applier_status";

    protected override async Task MakeDataAsync(string folder, CancellationToken cancel)
    {
        // Nobody has a password yet, so nobody may come in; each lab's own users are made at the first start of its servers.
        string sql = folder + ".sql";
        File.WriteAllText(sql, "DROP USER root@localhost;\n");
        IReadOnlyList<string> command = Command(folder, "--initialize-insecure", $"--init-file={sql}", "--innodb-redo-log-capacity=64M", "--mysqlx=OFF");
        ToolRun run = await ToolRun.RunAsync(command[0], command.Skip(1), cancel);
        File.Delete(sql);
        if (run.ExitCode != 0)
        {
            throw new LabException($"MySQL could not make its first data in {folder}: {run.Tail()}");
        }

        // The server's identity: two servers with the same one do not replicate.
        File.Delete(Path.Combine(folder, "auto.cnf"));
    }
}
