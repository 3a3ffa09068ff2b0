using AcodeOps.Lab.Servers.Databases;
using MySqlConnector;

namespace AcodeOps.Adapters.Tests.Lab;

public sealed class DatabasePairTests(LabFixture lab)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Rows_and_table_changes_arrive_in_the_renamed_database(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        await pair.Primary.ExecuteAsync(
            "CREATE TABLE renamed (id INT PRIMARY KEY, v INT); INSERT INTO renamed VALUES (1, 10), (2, 20); ALTER TABLE renamed ADD COLUMN w INT; "
            + "UPDATE renamed SET w = v + 1; DELETE FROM renamed WHERE id = 2; CREATE INDEX v ON renamed (v)",
            Cancel,
            DatabaseAccounts.PrimaryDatabase);
        await pair.WaitUntilInSyncAsync(Patience, Cancel);

        Assert.Equal("1/10/11", await pair.Replica.ScalarAsync("SELECT GROUP_CONCAT(CONCAT_WS('/', id, v, w)) FROM acode_farmarcas_replica.renamed", Cancel));
        Assert.Equal(1L, await pair.Replica.ScalarAsync(
            "SELECT COUNT(*) FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = 'acode_farmarcas_replica' AND TABLE_NAME = 'renamed' AND INDEX_NAME = 'v'", Cancel));
        Assert.Equal(0L, await pair.Replica.ScalarAsync("SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'acode_farmarcas'", Cancel));
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task The_replica_refuses_writes(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        // MariaDB has no super_read_only: there only plain users are refused.
        DatabaseLogin writer = DatabaseLogin.WithNewPassword("writer_of_" + flavor);
        await pair.Primary.ExecuteAsync($"CREATE USER {writer.User}@'127.0.0.1' IDENTIFIED BY '{writer.Password}'; GRANT ALL ON acode_farmarcas_replica.* TO {writer.User}@'127.0.0.1'", Cancel);
        await pair.WaitUntilInSyncAsync(Patience, Cancel);
        await using MySqlConnection connection = await pair.Replica.OpenAsync(Cancel, writer, DatabaseAccounts.BackupDatabase);
        await using MySqlCommand write = new("CREATE TABLE stray (id INT)", connection);

        MySqlException refusal = await Assert.ThrowsAsync<MySqlException>(() => write.ExecuteNonQueryAsync(Cancel));

        Assert.Equal(MySqlErrorCode.OptionPreventsStatement, refusal.ErrorCode);
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Readers_read_their_own_database_and_the_backup_reader_sees_replication(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        await using MySqlConnection backup = await pair.Replica.OpenAsync(Cancel, pair.Accounts.BackupReader, DatabaseAccounts.BackupDatabase);
        string word = flavor == DatabaseFlavor.MySql ? "Replica" : "Slave";
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        // Another test may have killed the primary just before: the replica connects again by itself.
        while (await StateAsync() != ("Yes", "Yes"))
        {
            await Task.Delay(100, limit.Token);
        }

        await using MySqlConnection primary = await pair.Primary.OpenAsync(Cancel, pair.Accounts.PrimaryReader, DatabaseAccounts.PrimaryDatabase);
        await using MySqlCommand write = new("CREATE TABLE forbidden (id INT)", primary);
        MySqlException refusal = await Assert.ThrowsAsync<MySqlException>(() => write.ExecuteNonQueryAsync(Cancel));
        Assert.Equal(MySqlErrorCode.TableAccessDenied, refusal.ErrorCode);
        refusal = await Assert.ThrowsAsync<MySqlException>(() => pair.Primary.OpenAsync(Cancel, pair.Accounts.PrimaryReader with { Password = "wrong" }));
        Assert.Equal(MySqlErrorCode.AccessDenied, refusal.ErrorCode);

        async Task<(string, string)> StateAsync()
        {
            await using MySqlCommand status = new("SHOW REPLICA STATUS", backup);
            await using MySqlDataReader row = await status.ExecuteReaderAsync(limit.Token);
            Assert.True(await row.ReadAsync(limit.Token));
            return (row.GetString($"{word}_IO_Running"), row.GetString($"{word}_SQL_Running"));
        }
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task A_killed_primary_comes_back_with_its_data_and_replication_goes_on(DatabaseFlavor flavor)
    {
        await using OwnPair own = await lab.NewPairAsync(flavor);
        DatabasePair pair = own.Pair;
        await pair.Primary.ExecuteAsync("CREATE TABLE kept (id INT PRIMARY KEY); INSERT INTO kept VALUES (1)", Cancel, DatabaseAccounts.PrimaryDatabase);
        await pair.Primary.Process.KillAsync();
        await Assert.ThrowsAsync<MySqlException>(() => pair.Primary.ScalarAsync("SELECT 1", Cancel));

        await pair.Primary.StartAsync(Cancel);
        await pair.Primary.ExecuteAsync("INSERT INTO kept VALUES (2)", Cancel, DatabaseAccounts.PrimaryDatabase);
        await pair.WaitUntilInSyncAsync(Patience, Cancel);

        Assert.Equal("1,2", await pair.Replica.ScalarAsync("SELECT GROUP_CONCAT(id ORDER BY id) FROM acode_farmarcas_replica.kept", Cancel));
        await pair.Replica.Process.KillAsync();
        await pair.Replica.StartAsync(Cancel);
        Assert.True(Convert.ToBoolean(await pair.Replica.ScalarAsync("SELECT @@GLOBAL.read_only", Cancel), System.Globalization.CultureInfo.InvariantCulture));
    }
}
