using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using AcodeOps.Secrets;
using AcodeOps.Tuning.Indexes;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>An administrator's session in which the indexes of one table are changed; a lock of the server keeps every other one of this product away from it.</summary>
internal sealed class IndexSession : IIndexSession
{
    // A lock on the table's definition that is waited for makes everybody else wait behind it: not for long.
    private const int LockSeconds = 5;
    private const string SuperReadOnlyOn = "SET GLOBAL super_read_only=ON";
    private static readonly TimeSpan KillAgain = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RestorePatience = TimeSpan.FromSeconds(60);

    private readonly SourceDefinition _definition;
    private readonly SourceLogin _login;
    private readonly TableDefinition _table;
    private readonly MySqlConnection _connection;

    private IndexSession(SourceDefinition definition, SourceLogin login, TableDefinition table, MySqlConnection connection) =>
        (_definition, _login, _table, _connection) = (definition, login, table, connection);

    /// <inheritdoc />
    public bool LiftsSuperReadOnly { get; private set; }

    /// <summary>Opens it.</summary>
    public static async Task<IIndexSession> OpenAsync(SourceDefinition definition, Credential administrator, TableDefinition table, bool keepsOutOfBinaryLog, CancellationToken cancel)
    {
        // Whoever logs in is told by the login, and not by the environment file.
        SourceLogin login = SourceLogin.From(definition with { User = null }, administrator);
        return await GuardAsync(login, async () =>
        {
            MySqlConnection connection = await ConnectAsync(login, cancel).ConfigureAwait(false);
            try
            {
                IndexSession session = new(definition, login, table, connection);
                await session.PrepareAsync(keepsOutOfBinaryLog, cancel).ConfigureAwait(false);
                return session;
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task<IndexedServer> ReadAsync(bool withHidden, CancellationToken cancel) => GuardAsync(_login, async () =>
    {
        if (!_connection.IsMariaDb() && _connection.ServerVersion[0] is not '5')
        {
            await ExecuteAsync(_connection, $"SET SESSION optimizer_switch='use_invisible_indexes={(withHidden ? "on" : "off")}'", cancel).ConfigureAwait(false);
        }

        return await IndexReader.ReadAsync(_connection, _definition, [_table], cancel).ConfigureAwait(false);
    });

    /// <inheritdoc />
    public Task RunAsync(string statement, CancellationToken cancel) => GuardAsync(_login, async () =>
    {
        cancel.ThrowIfCancellationRequested();
        // In one request: the server carries it out to its end, super_read_only among it, also when this process dies.
        Task running = ExecuteAsync(_connection, LiftsSuperReadOnly ? $"SET GLOBAL super_read_only=OFF; {statement}; {SuperReadOnlyOn}" : statement, CancellationToken.None);
        try
        {
            using CancellationTokenRegistration _ = cancel.Register(() => KillUntilEnded(running), useSynchronizationContext: false);
            await running.ConfigureAwait(false);
        }
        catch (Exception e) when (e is MySqlException or IOException or SocketException)
        {
            await RestoreAsync().ConfigureAwait(false);
            if (cancel.IsCancellationRequested && e is MySqlException { ErrorCode: MySqlErrorCode.QueryInterrupted })
            {
                throw new OperationCanceledException(cancel);
            }

            throw e is MySqlException refusal && Refusal(refusal) is { } known ? known : e;
        }

        return true;
    });

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task PrepareAsync(bool keepsOutOfBinaryLog, CancellationToken cancel)
    {
        // The names of locks are short.
        string key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{_connection.Database}.{_table.Name}".ToLowerInvariant())))[..32];
        if (!MySqlQuestions.IsOn((await _connection.RowsAsync("SELECT GET_LOCK(@name, 10) AS held", TimeSpan.FromSeconds(20), cancel, ("@name", $"acodeops.index.{key}")).ConfigureAwait(false))[0]["held"]))
        {
            throw new AcodeException("IndexBusy", FailureClass.Conflict, $"{_definition}: another session of AcodeOps is making an index of {_table}, or the server is still at it.")
            {
                Advice = "Wait for it to end, then run the command again: it goes on with what is there.",
                Subject = _definition,
                IsFatal = false,
            };
        }

        await ExecuteAsync(_connection, $"SET SESSION lock_wait_timeout={LockSeconds}{(keepsOutOfBinaryLog ? ", sql_log_bin=0" : "")}", cancel).ConfigureAwait(false);
        LiftsSuperReadOnly = await IsSuperReadOnlyAsync(_connection, cancel).ConfigureAwait(false) == true;
    }

    /// <summary>Has the server break the statement off, again and again: it may have been between two statements.</summary>
    private void KillUntilEnded(Task running) => _ = Task.Run(async () =>
    {
        while (!running.IsCompleted)
        {
            try
            {
                MySqlConnection other = await ConnectAsync(_login, CancellationToken.None).ConfigureAwait(false);
                await using (other.ConfigureAwait(false))
                {
                    await ExecuteAsync(other, string.Create(CultureInfo.InvariantCulture, $"KILL QUERY {_connection.ServerThread}"), CancellationToken.None).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is MySqlException or IOException or SocketException)
            {
                // No connection to give, or the session has ended: the statement tells.
            }

            await Task.WhenAny(running, Task.Delay(KillAgain)).ConfigureAwait(false);
        }
    });

    /// <summary>Switches super_read_only on again after a request that has failed in between.</summary>
    private async Task RestoreAsync()
    {
        if (!LiftsSuperReadOnly)
        {
            return;
        }

        using CancellationTokenSource patience = new(RestorePatience);
        for (Exception? last = null; ;)
        {
            try
            {
                MySqlConnection fresh = await ConnectAsync(_login, patience.Token).ConfigureAwait(false);
                await using (fresh.ConfigureAwait(false))
                {
                    await ExecuteAsync(fresh, $"SET SESSION lock_wait_timeout={LockSeconds}; {SuperReadOnlyOn}", CancellationToken.None).ConfigureAwait(false);
                    return;
                }
            }
            catch (Exception e) when ((e is MySqlException or IOException or SocketException) && !patience.IsCancellationRequested)
            {
                last = e;
                await Task.WhenAny(Task.Delay(KillAgain, patience.Token)).ConfigureAwait(false);
            }
            catch (Exception e) when (e is MySqlException or IOException or SocketException or OperationCanceledException)
            {
                throw new AcodeException("SuperReadOnlyLeftOff", FailureClass.Conflict, $"{_definition}: super_read_only is off, and could not be switched on again: {(last ?? e).Message}")
                {
                    Advice = $"On the server, as soon as it answers: {SuperReadOnlyOn}. read_only was left on.",
                    Subject = _definition,
                };
            }
        }
    }

    private AcodeException? Refusal(MySqlException e) => e.Number switch
    {
        1205 => Of("TableBusy", FailureClass.Conflict, $"table {_table} is held by a transaction that runs for longer than {LockSeconds} s; nobody else was to wait for it, and the statement was given up.",
            "Find the transaction (SHOW PROCESSLIST, information_schema.INNODB_TRX), let it end, and run the command again."),
        1845 or 1846 => Of("IndexNotOnline", FailureClass.Refused, $"table {_table} cannot get it while it is read and written: {e.Message.TrimEnd('.')} (error {e.Number}).", "Have it made in a maintenance window."),
        1114 or 1799 or 1878 or 1021 => Of("SourceServerFault", FailureClass.ServerFault, $"there is no room for it: {e.Message.TrimEnd('.')} (error {e.Number}).", "Make room in the data folder and in the temporary folder, then run the command again."),
        _ => null,
    };

    private AcodeException Of(string id, FailureClass cause, string why, string advice) => new(id, cause, $"{_definition}: {why}") { Advice = advice, Subject = _definition, IsFatal = false };

    private static async Task<bool?> IsSuperReadOnlyAsync(MySqlConnection connection, CancellationToken cancel) =>
        (await connection.RowsAsync("SHOW GLOBAL VARIABLES LIKE 'super_read_only'", cancel).ConfigureAwait(false)) is [{ } row] ? MySqlQuestions.IsOn(row["Value"]) : null;

    private static async Task<MySqlConnection> ConnectAsync(SourceLogin login, CancellationToken cancel)
    {
        MySqlConnection connection = new(new MySqlConnectionStringBuilder(login.ConnectionString) { Pooling = false, DefaultCommandTimeout = SourceLogin.StatementSeconds }.ConnectionString);
        try
        {
            string password = login.Password.Reveal();
            connection.ProvidePasswordCallback = _ => password;
            await connection.OpenAsync(cancel).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // However long it takes: it is broken off by the server, and never by the driver alone.
    private static async Task ExecuteAsync(MySqlConnection connection, string sql, CancellationToken cancel)
    {
        MySqlCommand command = new(sql, connection) { CommandTimeout = 0 };
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
        }
    }

    private static async Task<T> GuardAsync<T>(SourceLogin login, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (e is MySqlException or IOException or SocketException or System.Security.Authentication.AuthenticationException or TimeoutException)
        {
            throw SourceFailures.Of(e, login);
        }
    }
}
