using System.Net.Sockets;
using System.Security.Authentication;
using AcodeOps.Secrets;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>One session of one login, without a pool: its password is to work now, and nothing of it is to stay.</summary>
internal static class AccountSession
{
    private const int Seconds = 20;

    /// <summary>Opens a session and does something in it.</summary>
    /// <exception cref="AcodeException">The login is refused, or the server could not be asked, or refused. With the class of the failure.</exception>
    public static async Task<T> UseAsync<T>(SourceDefinition definition, Credential login, Func<MySqlConnection, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        SourceLogin coordinates = SourceLogin.From(definition, login);
        try
        {
            return await OpenedAsync(coordinates, work, cancel).WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is MySqlException or IOException or SocketException or AuthenticationException or TimeoutException or InvalidOperationException)
        {
            throw SourceFailures.Of(e, coordinates);
        }
    }

    private static async Task<T> OpenedAsync<T>(SourceLogin login, Func<MySqlConnection, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        MySqlConnection connection = new(new MySqlConnectionStringBuilder(login.ConnectionString) { Pooling = false, Database = "", DefaultCommandTimeout = Seconds }.ConnectionString);
        await using (connection.ConfigureAwait(false))
        {
            string password = login.Password.Reveal();
            connection.ProvidePasswordCallback = _ => password;
            await connection.OpenAsync(cancel).ConfigureAwait(false);
            return await work(connection, cancel).ConfigureAwait(false);
        }
    }
}
