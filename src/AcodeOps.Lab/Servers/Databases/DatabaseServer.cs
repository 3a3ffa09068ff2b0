using MySqlConnector;

namespace AcodeOps.Lab.Servers.Databases;

/// <summary>One MySQL or MariaDB server of the lab, on 127.0.0.1 over TCP.</summary>
public sealed class DatabaseServer
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);
    private readonly string _folder;
    private readonly DatabaseAccounts _accounts;
    private readonly bool _isReplica;

    internal DatabaseServer(string labFolder, string name, DatabaseEngine engine, DatabaseAccounts accounts, int port)
    {
        _folder = Path.Combine(labFolder, name);
        _accounts = accounts;
        _isReplica = name == "replica";
        Name = name;
        Engine = engine;
        Port = port;
        Process = new ServerProcess(Path.Combine(labFolder, "run"), name);
    }

    public string Name { get; }

    public int Port { get; private set; }

    /// <summary>The database with the sales.</summary>
    public string Database => _isReplica ? DatabaseAccounts.BackupDatabase : DatabaseAccounts.PrimaryDatabase;

    /// <summary>Who reads it for the lake.</summary>
    public DatabaseLogin Reader => _isReplica ? _accounts.BackupReader : _accounts.PrimaryReader;

    public ServerProcess Process { get; }

    private DatabaseEngine Engine { get; }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Makes its data from the template and starts it; when the port is taken meanwhile, with another one.</summary>
    public async Task CreateAsync(CancellationToken cancel)
    {
        string template = await Engine.TemplateAsync(cancel);
        Directory.CreateDirectory(_folder);
        ToolRun copy = await ToolRun.RunAsync("cp", ["-r", "--reflink=auto", template, Data], cancel);
        if (copy.ExitCode != 0)
        {
            throw new LabException($"The first data of {Name} could not be copied to {_folder}: {copy.Tail(1)}");
        }

        string users = Path.Combine(_folder, "users.sql");
        PrivateFile.Write(users, string.Concat(UserStatements().Select(s => s + "\n")));
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await StartAsync([$"--init-file={users}", .. _isReplica ? Engine.ReplicaOptions(readOnly: false) : []], cancel);
                break;
            }
            catch (LabException) when (attempt < 5 && Process.LogContains("Address already in use"))
            {
                Port = LoopbackPort.Free();
                File.Delete(Process.LogFile);
            }
        }

        File.Delete(users);
        if (_isReplica)
        {
            await ExecuteAsync($"SET GLOBAL {Engine.ReadOnlyVariable}=ON", cancel);
        }
    }

    /// <summary>Starts it again on the data and the port that it had.</summary>
    public Task StartAsync(CancellationToken cancel, params IEnumerable<string> options) =>
        Process.IsAlive ? Task.CompletedTask : StartAsync([.. _isReplica ? Engine.ReplicaOptions(readOnly: true) : [], .. options], cancel);

    /// <summary>The coordinates of a login; pooling is off, so that a killed server leaves nothing behind in the caller.</summary>
    public string ConnectionString(DatabaseLogin login, string? database = null) => new MySqlConnectionStringBuilder
    {
        Server = "127.0.0.1",
        Port = (uint)Port,
        UserID = login.User,
        Password = login.Password,
        Database = database ?? "",
        Pooling = false,
        ConnectionTimeout = 5,
        DefaultCommandTimeout = 60,
        AllowPublicKeyRetrieval = true,
        AllowLoadLocalInfile = true,
        AllowUserVariables = true,
    }.ConnectionString;

    public async Task<MySqlConnection> OpenAsync(CancellationToken cancel, DatabaseLogin? login = null, string? database = null)
    {
        MySqlConnection connection = new(ConnectionString(login ?? _accounts.Admin, database));
        try
        {
            await connection.OpenAsync(cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs statements as the lab's administrator, in one session.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancel, string? database = null)
    {
        await using MySqlConnection connection = await OpenAsync(cancel, database: database);
        await using MySqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The first value of the first row as the lab's administrator; null when there is none.</summary>
    public async Task<object?> ScalarAsync(string sql, CancellationToken cancel)
    {
        await using MySqlConnection connection = await OpenAsync(cancel);
        await using MySqlCommand command = new(sql, connection);
        return await command.ExecuteScalarAsync(cancel) is { } value and not DBNull ? value : null;
    }

    private async Task StartAsync(IEnumerable<string> more, CancellationToken cancel)
    {
        Process.Start(Engine.Command(
            Data,
            [
                "--bind-address=127.0.0.1", $"--port={Port}", "--skip-name-resolve",
                // A relative path: it lies in the data folder, and however deep that is, no socket address is too long.
                "--socket=s", "--default-time-zone=+00:00", "--pid-file=server.pid", $"--tmpdir={_folder}", "--local-infile=ON",
                $"--server-id={(_isReplica ? 2 : 1)}", "--log-bin=binlog", "--binlog-format=ROW", "--relay-log=relay",
                "--report-host=127.0.0.1", $"--report-port={Port}",
                // Written to the system at each commit, so that nothing is lost by kill -9; a lab does not survive the power.
                "--innodb-flush-log-at-trx-commit=2", "--sync-binlog=0", "--innodb-buffer-pool-size=128M", "--performance-schema=ON",
                .. Engine.Options, .. more,
            ]));
        await Process.WaitUntilAsync(AnswersAsync, StartPatience, cancel);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            return await ScalarAsync("SELECT 1", cancel) is not null;
        }
        catch (MySqlException)
        {
            return false;
        }
    }

    // Not in the binary log: each server has its own users, and the replica's begin with what the primary sends.
    private IEnumerable<string> UserStatements()
    {
        static string Account(DatabaseLogin login) => $"'{login.User}'@'127.0.0.1'";
        static string Create(DatabaseLogin login) => $"CREATE USER {Account(login)} IDENTIFIED BY '{login.Password}';";
        yield return "SET SESSION sql_log_bin=0;";
        yield return $"CREATE DATABASE {Database} CHARACTER SET utf8mb4;";
        yield return Create(_accounts.Admin);
        yield return $"GRANT ALL ON *.* TO {Account(_accounts.Admin)} WITH GRANT OPTION;";
        yield return Create(Reader);
        yield return $"GRANT SELECT ON {Database}.* TO {Account(Reader)};";
        IEnumerable<string> own = _isReplica
            ? Engine.ReplicationReaderGrants(Account(Reader))
            : [Create(_accounts.Replication), $"GRANT REPLICATION SLAVE ON *.* TO {Account(_accounts.Replication)};"];
        foreach (string statement in own)
        {
            yield return statement;
        }
    }
}
