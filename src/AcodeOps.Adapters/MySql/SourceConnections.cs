using System.Net.Sockets;
using System.Security.Authentication;
using AcodeOps.Secrets;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>
/// The connections to one source: a pool of at most three, opened with the present credential, each session read-only,
/// in UTC, and with a time limit for its statements.
/// </summary>
internal sealed class SourceConnections(SourceDefinition definition, ICredentialStore credentials) : IAsyncDisposable
{
    // So long the driver is left alone; then the port is looked at beside it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private Pool? _pool;

    /// <summary>Asks the server something.</summary>
    /// <exception cref="AcodeException">It could not be asked, or refused. With the class of the failure.</exception>
    /// <exception cref="OperationCanceledException">
    /// The caller's token ended the wait; whether that was a deadline or Ctrl-C only the caller knows.
    /// </exception>
    public async Task<T> AskAsync<T>(Func<MySqlConnection, CancellationToken, Task<T>> question, CancellationToken cancel)
    {
        Pool pool = await PoolAsync(refused: null, cancel).ConfigureAwait(false);
        try
        {
            return await AskAsync(pool, question, cancel).ConfigureAwait(false);
        }
        catch (AcodeException refusal) when (refusal.Cause == FailureClass.Authentication)
        {
            // The password may have been rotated since it was read: once more with a fresh one, if it is another.
            Pool fresh = await PoolAsync(pool, cancel).ConfigureAwait(false);
            if (fresh == pool)
            {
                throw;
            }

            return await AskAsync(fresh, question, cancel).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_pool is { } pool)
        {
            await pool.Driver.DisposeAsync().ConfigureAwait(false);
        }

        _gate.Dispose();
    }

    private static async Task<T> AskAsync<T>(Pool pool, Func<MySqlConnection, CancellationToken, Task<T>> question, CancellationToken cancel)
    {
        using CancellationTokenSource abandon = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task<T> answer = AnswerAsync(pool, question, abandon.Token);
        try
        {
            // The driver takes its own time to give up (it asks the server to kill the statement): nobody waits for that.
            return await answer.WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is MySqlException or IOException or SocketException or AuthenticationException or TimeoutException)
        {
            throw SourceFailures.Of(e, pool.Login);
        }
        finally
        {
            await abandon.CancelAsync().ConfigureAwait(false);
            Observe(answer);
        }
    }

    private static async Task<T> AnswerAsync<T>(Pool pool, Func<MySqlConnection, CancellationToken, Task<T>> question, CancellationToken cancel)
    {
        MySqlConnection connection = pool.Driver.CreateConnection();
        await using (connection.ConfigureAwait(false))
        {
            string password = pool.Login.Password.Reveal();
            connection.ProvidePasswordCallback = _ => password;
            await OpenAsync(connection, pool.Login, cancel).ConfigureAwait(false);
            return await question(connection, cancel).ConfigureAwait(false);
        }
    }

    private static async Task OpenAsync(MySqlConnection connection, SourceLogin login, CancellationToken cancel)
    {
        Task open = connection.OpenAsync(cancel);
        if (await Task.WhenAny(open, Task.Delay(Patience, cancel)).ConfigureAwait(false) != open
            && !cancel.IsCancellationRequested
            && await Task.WhenAny(open, PortDiagnosis.LookAsync(login, cancel)).ConfigureAwait(false) is Task<AcodeException?> look
            && await look.ConfigureAwait(false) is { } seen)
        {
            Observe(open);
            throw seen;
        }

        try
        {
            await open.ConfigureAwait(false);
        }
        catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.UnableToConnectToHost && e.InnerException is null && SourceFailures.Of(e, login).Cause == FailureClass.Unreachable)
        {
            throw await PortDiagnosis.LookAsync(login, cancel).ConfigureAwait(false) ?? SourceFailures.Of(e, login);
        }
        catch (NotSupportedException e)
        {
            throw SourceFailures.OfNumber(1251, e.Message, login);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException)
        {
            // The driver could not make sense of the first packets.
            throw await PortDiagnosis.LookAsync(login, cancel).ConfigureAwait(false) ?? SourceFailures.OfForeigner("its greeting makes no sense", login);
        }
    }

    /// <summary>The pool of the present credential; another one when the server refused the given one and the credential has changed.</summary>
    private async Task<Pool> PoolAsync(Pool? refused, CancellationToken cancel)
    {
        try
        {
            await _gate.WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The gate is only ever held while the credential is read.
            throw CredentialUnavailable(FailureClass.Unknown, "it was not read in time", null);
        }

        try
        {
            if (_pool is { } kept && kept != refused)
            {
                return kept;
            }

            if (refused is not null)
            {
                credentials.Forget(definition.Credential);
            }

            SourceLogin login = SourceLogin.From(definition, await ReadCredentialAsync(cancel).ConfigureAwait(false));
            if (refused is not null && login.IsSameAs(refused.Login))
            {
                return refused;
            }

            MySqlDataSource driver = new MySqlDataSourceBuilder(login.ConnectionString).UseConnectionOpenedCallback(PrepareAsync).Build();
            _pool = new Pool(login, driver);
            if (refused is not null)
            {
                await refused.Driver.DisposeAsync().ConfigureAwait(false);
            }

            return _pool;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Reading the credential may fail like any network call; that must never look like an outage of the source.</summary>
    private async Task<Credential> ReadCredentialAsync(CancellationToken cancel)
    {
        try
        {
            return await credentials.ReadAsync(definition.Credential, cancel).WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (AcodeException failure)
        {
            throw CredentialUnavailable(failure.Cause.ReachabilityVerdict() == Verdict.Failed ? FailureClass.Unknown : failure.Cause, failure.Message.TrimEnd('.'), failure.Advice);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            throw CredentialUnavailable(FailureClass.Unknown, "it was not read in time", null);
        }
    }

    private AcodeException CredentialUnavailable(FailureClass cause, string why, string? advice) => new(
        "CredentialUnavailable", cause, $"The credential of {definition}, {definition.Credential}, could not be read: {why}.")
    {
        Advice = advice ?? $"Nothing is known of the server itself. Try Get-AcodeCredential {definition.Credential}.",
        Subject = definition,
    };

    private static async ValueTask PrepareAsync(MySqlConnectionOpenedContext opened, CancellationToken cancel)
    {
        string limit = opened.Connection.IsMariaDb()
            ? $"max_statement_time={SourceLogin.StatementSeconds}"
            : $"max_execution_time={SourceLogin.StatementSeconds * 1000}";
        MySqlCommand command = opened.Connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText =
                $"SET SESSION TRANSACTION READ ONLY; SET SESSION time_zone='+00:00', lock_wait_timeout={SourceLogin.StatementSeconds}, {limit}";
            await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Left behind on purpose; its failure interests nobody any more.</summary>
    private static void Observe(Task task) => _ = task.ContinueWith(
        static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    private sealed record Pool(SourceLogin Login, MySqlDataSource Driver);
}
