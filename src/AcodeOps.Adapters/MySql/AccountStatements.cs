using AcodeOps.Secrets;
using AcodeOps.Secrets.Rotating;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>
/// Statements on accounts. They take no parameters: names and passwords get into them by <see cref="Text"/> alone. MySQL writes no
/// password of such a statement into its logs; what MariaDB would write is kept out of them by <see cref="TwinStatements"/>.
/// </summary>
internal static class AccountStatements
{
    private const string SuperReadOnly = "SET GLOBAL super_read_only=ON";

    // What the server says of an account statement that is none of the login's faults.
    private static readonly int[] Refusals = [1064, 1269, 1396, 1410, 1819, 3638, 3878, 3892, 3894];

    /// <summary>A text as a literal, for sessions whose sql_mode is empty.</summary>
    public static string Text(string value) => $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>An account.</summary>
    public static string Account(AccountName name) => $"{Text(name.User)}@{Text(name.Host)}";

    /// <summary>The form in which mysql_native_password keeps a password: the server takes it in the password's place.</summary>
    public static string NativeForm(SecretText password)
    {
#pragma warning disable CA5350 // The plugin's own form: the server knows no other for it.
        byte[] form = System.Security.Cryptography.SHA1.HashData(System.Security.Cryptography.SHA1.HashData(System.Text.Encoding.UTF8.GetBytes(password.Reveal())));
#pragma warning restore CA5350
        return "*" + Convert.ToHexString(form);
    }

    // IF EXISTS everywhere: an account statement that a replica repeats must not stop it where the replica has no such account.

    /// <summary>Gives a password beside the present one.</summary>
    public static string Add(AccountName name, SecretText password) => $"ALTER USER IF EXISTS {Account(name)} IDENTIFIED BY {Text(password.Reveal())} RETAIN CURRENT PASSWORD";

    /// <summary>Replaces the present password; one before it stays.</summary>
    public static string Replace(AccountName name, SecretText password) => $"ALTER USER IF EXISTS {Account(name)} IDENTIFIED BY {Text(password.Reveal())}";

    /// <summary>Drops the password before the present one.</summary>
    public static string Discard(AccountName name) => $"ALTER USER IF EXISTS {Account(name)} DISCARD OLD PASSWORD";

    /// <summary>Locks an account, or unlocks it.</summary>
    public static string Lock(AccountName name, bool locked) => $"ALTER USER IF EXISTS {Account(name)} ACCOUNT {(locked ? "LOCK" : "UNLOCK")}";

    /// <summary>Makes a session ready for account statements: the form of literals, and whether they are for this server alone.</summary>
    public static Task PrepareAsync(MySqlConnection connection, AccountActor actor, CancellationToken cancel) =>
        ExecuteAsync(connection, $"SET SESSION sql_mode='', lock_wait_timeout={SourceLogin.StatementSeconds}{(actor.KeepsOutOfBinaryLog ? ", sql_log_bin=0" : "")}", cancel);

    /// <summary>
    /// Runs statements. Where super_read_only has to be lifted for them, that and its return are in the same request: the server
    /// carries it out to its end also when this process dies.
    /// </summary>
    /// <exception cref="AcodeException"><c>RotationRefused</c>: the server does not take a statement.</exception>
    public static async Task RunAsync(MySqlConnection connection, SourceDefinition source, AccountActor actor, IReadOnlyList<string> statements, CancellationToken cancel)
    {
        try
        {
            await RunAsync(connection, actor, statements, cancel).ConfigureAwait(false);
        }
        catch (MySqlException e) when (Refusals.Contains(e.Number))
        {
            // A syntax error repeats the statement, and the password with it.
            string said = e.ErrorCode == MySqlErrorCode.ParseError ? "it does not know the statement" : e.Message.TrimEnd('.');
            throw Refused(source, $"the server does not take it: {said} (error {e.Number}).", "Look at the server's version, its password policy and the account; docs/rotation.md tells what a rotation needs.");
        }
    }

    private static async Task RunAsync(MySqlConnection connection, AccountActor actor, IReadOnlyList<string> statements, CancellationToken cancel)
    {
        if (!actor.LiftsSuperReadOnly)
        {
            foreach (string statement in statements)
            {
                await ExecuteAsync(connection, statement, cancel).ConfigureAwait(false);
            }

            return;
        }

        try
        {
            await ExecuteAsync(connection, string.Join("; ", statements.Prepend("SET GLOBAL super_read_only=OFF").Append(SuperReadOnly)), cancel).ConfigureAwait(false);
        }
        catch (MySqlException)
        {
            // The first that fails ends the request before its last statement.
            await ExecuteAsync(connection, SuperReadOnly, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Keeps every other session of this product from changing the account until this one ends: also a session whose process has
    /// died while the server is still at its statement.
    /// </summary>
    /// <exception cref="AcodeException"><c>AccountBusy</c>.</exception>
    public static async Task HoldAsync(MySqlConnection connection, SourceDefinition source, AccountName name, CancellationToken cancel)
    {
        // Both accounts of a pair are one: their names may be longer than a lock's.
        string key = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name.ToString())))[..32];
        List<Dictionary<string, object?>> rows = await connection.RowsAsync("SELECT GET_LOCK(@name, 10) AS held", cancel, ("@name", $"acodeops.account.{key}")).ConfigureAwait(false);
        if (!MySqlQuestions.IsOn(rows[0]["held"]))
        {
            throw new AcodeException("AccountBusy", FailureClass.Conflict, $"{source}: another session of AcodeOps is changing {name}.")
            {
                Advice = "Wait for it to end, then go on with the run.",
                Subject = source,
            };
        }
    }

    /// <summary>The failure of a rotation that the server, or an account's state, does not allow.</summary>
    public static AcodeException Refused(SourceDefinition source, string why, string advice) => new("RotationRefused", FailureClass.Refused, $"The password of the {source} is not rotated: {why}")
    {
        Advice = advice,
        Subject = source,
    };

    private static async Task ExecuteAsync(MySqlConnection connection, string sql, CancellationToken cancel)
    {
        MySqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
        }
    }
}
