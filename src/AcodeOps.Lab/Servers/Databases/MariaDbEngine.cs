using AcodeOps.Lab.Packages;

namespace AcodeOps.Lab.Servers.Databases;

internal sealed class MariaDbEngine : DatabaseEngine
{
    private static readonly string[] SystemTables =
        ["mysql_system_tables.sql", "mysql_performance_tables.sql", "mysql_system_tables_data.sql", "maria_add_gis_sp_bootstrap.sql", "mysql_sys_schema.sql"];

    public override PackageTree Tree => PackageTrees.MariaDb;

    public override string Program => "usr/sbin/mariadbd";

    public override IEnumerable<string> Options =>
    [
        "--log-slave-updates=ON", "--gtid-strict-mode=ON", "--gtid-domain-id=0", "--innodb-log-file-size=64M", "--slave-net-timeout=4", "--innodb-doublewrite=OFF",
    ];

    public override string ReadOnlyVariable => "read_only";

    public override string CommittedGtids => "SELECT @@GLOBAL.gtid_binlog_pos";

    public override IEnumerable<string> ReplicaOptions(bool readOnly) =>
    [
        $"--replicate-rewrite-db={DatabaseAccounts.PrimaryDatabase}->{DatabaseAccounts.BackupDatabase}",
        .. readOnly ? ["--read-only=ON"] : Array.Empty<string>(),
    ];

    public override IEnumerable<string> ReplicationReaderGrants(string account) =>
        [$"GRANT SLAVE MONITOR, BINLOG MONITOR ON *.* TO {account};", .. new[] { StatementTable, IndexTable }.Select(table => $"GRANT SELECT ON performance_schema.{table} TO {account};")];

    public override string ReplicateFrom(int port, DatabaseLogin replication) =>
        $"CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT={port}, MASTER_USER='{replication.User}', MASTER_PASSWORD='{replication.Password}', "
        + "MASTER_USE_GTID=slave_pos, MASTER_CONNECT_RETRY=1, MASTER_HEARTBEAT_PERIOD=1";

    public override string ReplicationPassword(string password) => $"CHANGE MASTER TO MASTER_PASSWORD='{password}'";

    public override string ReplicationDelay(int seconds) => $"CHANGE MASTER TO MASTER_DELAY={seconds}";

    public override string WaitForGtids(string gtids, int seconds) => $"SELECT MASTER_GTID_WAIT('{gtids}', {seconds})";

    public override string Applying => "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'SLAVE_RUNNING'";

    protected override async Task MakeDataAsync(string folder, CancellationToken cancel)
    {
        // What the distribution's install script does, without its shell: the system tables, and no user but the owner of the sys views.
        string sql = "CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n"
            + string.Concat(SystemTables.Select(f => File.ReadAllText(Tree.File("usr/share/mysql/" + f)) + "\n"))
            + "DELETE FROM mysql.global_priv WHERE User <> 'mariadb.sys';\n";
        IReadOnlyList<string> command = Command(folder, "--bootstrap", "--innodb-log-file-size=64M", "--log-warnings=0", "--enforce-storage-engine=", "--max-allowed-packet=8M");
        ToolRun run = await ToolRun.RunAsync(command[0], command.Skip(1), cancel, input: sql);
        if (run.ExitCode != 0)
        {
            throw new LabException($"MariaDB could not make its first data in {folder}: {run.Tail()}");
        }
    }
}
