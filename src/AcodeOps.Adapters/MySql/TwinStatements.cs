using System.Globalization;
using System.Text.RegularExpressions;
using AcodeOps.Secrets;
using AcodeOps.Secrets.Rotating;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>The statements that make one account the twin of another: its requirements, its limits, its rights and roles, and a password of its own.</summary>
internal static partial class TwinStatements
{
    private static readonly (string Column, string Limit)[] Limits =
    [
        ("max_questions", "MAX_QUERIES_PER_HOUR"), ("max_updates", "MAX_UPDATES_PER_HOUR"), ("max_connections", "MAX_CONNECTIONS_PER_HOUR"), ("max_user_connections", "MAX_USER_CONNECTIONS"),
        ("max_statement_time", "MAX_STATEMENT_TIME"),
    ];

    /// <summary>The statements, as far as possible such that they may be repeated.</summary>
    /// <param name="connection">The administrator's session.</param>
    /// <param name="source">The source.</param>
    /// <param name="account">The account to copy.</param>
    /// <param name="twin">The account to make.</param>
    /// <param name="password">Its password.</param>
    /// <param name="isMade">True when it accepts the password: this run has begun it before.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>RotationRefused</c>.</exception>
    public static async Task<IReadOnlyList<string>> OfAsync(
        MySqlConnection connection, SourceDefinition source, AccountName account, AccountName twin, SecretText password, bool isMade, CancellationToken cancel)
    {
        Dictionary<string, object?> user = await UserAsync(connection, account, cancel).ConfigureAwait(false) ?? throw Refused(source, $"there is no account {account} any more.");
        string name = AccountStatements.Account(twin);
        bool isThere = await UserAsync(connection, twin, cancel).ConfigureAwait(false) is not null;
        if (isThere && !isMade && !await IsLockedAsync(connection, twin, cancel).ConfigureAwait(false))
        {
            throw Refused(source, $"{twin}, whose turn it is, is there and not locked: somebody may use it.");
        }

        // MariaDB writes such a statement into its general log as it is: the password's own form goes into it where that is enough.
        (string identified, bool isPlain) = await IdentifiedAsync(connection, source, user, password, cancel).ConfigureAwait(false);
        string[] grants = [.. await GrantsAsync(connection, source, account, twin, cancel).ConfigureAwait(false)];
        return
        [
            .. isPlain && connection.IsMariaDb() ? ["SET SESSION sql_log_off=1"] : Array.Empty<string>(),
            $"{(isThere ? "ALTER USER IF EXISTS" : "CREATE USER IF NOT EXISTS")} {name} {identified} {Requirement(user)} {LimitsOf(user)} ACCOUNT UNLOCK",
            .. isThere ? [$"REVOKE ALL PRIVILEGES, GRANT OPTION FROM {name}"] : Array.Empty<string>(),
            .. grants,
        ];
    }

    private static async Task<Dictionary<string, object?>?> UserAsync(MySqlConnection connection, AccountName account, CancellationToken cancel) =>
        (await connection.RowsAsync("SELECT * FROM mysql.user WHERE User=@user AND Host=@host", cancel, ("@user", account.User), ("@host", account.Host)).ConfigureAwait(false)).FirstOrDefault();

    // Both servers tell it in these words alone; MariaDB's table of users does not tell it.
    private static async Task<bool> IsLockedAsync(MySqlConnection connection, AccountName account, CancellationToken cancel) =>
        Text((await connection.RowsAsync($"SHOW CREATE USER {AccountStatements.Account(account)}", cancel).ConfigureAwait(false))[0].Values.First()).Contains(" ACCOUNT LOCK", StringComparison.Ordinal);

    /// <summary>How the account logs in, and whether the password stands in it as it is.</summary>
    private static async Task<(string Clause, bool IsPlain)> IdentifiedAsync(
        MySqlConnection connection, SourceDefinition source, Dictionary<string, object?> user, SecretText password, CancellationToken cancel)
    {
        string plugin = Text(user["plugin"]), text = AccountStatements.Text(password.Reveal());
        if (!connection.IsMariaDb())
        {
            return plugin is "caching_sha2_password" or "sha256_password" or "mysql_native_password" ? ($"IDENTIFIED WITH {plugin} BY {text}", true) : throw NoPassword(source, plugin);
        }

        return plugin switch
        {
            "" or "mysql_native_password" => await JudgesPasswordsAsync(connection, cancel).ConfigureAwait(false)
                ? ($"IDENTIFIED BY {text}", true) : ($"IDENTIFIED BY PASSWORD {AccountStatements.Text(AccountStatements.NativeForm(password))}", false),
            "ed25519" => ($"IDENTIFIED VIA ed25519 USING PASSWORD({text})", true),
            _ => throw NoPassword(source, plugin),
        };
    }

    // A server that judges passwords wants to see them.
    private static async Task<bool> JudgesPasswordsAsync(MySqlConnection connection, CancellationToken cancel) => Convert.ToInt64((await connection.RowsAsync(
        "SELECT COUNT(*) AS n FROM information_schema.PLUGINS WHERE PLUGIN_TYPE='PASSWORD VALIDATION' AND PLUGIN_STATUS='ACTIVE'", cancel).ConfigureAwait(false))[0]["n"], CultureInfo.InvariantCulture) > 0;

    private static AcodeException NoPassword(SourceDefinition source, string plugin) => Refused(source, $"the account logs in by '{plugin}', which is no password that the server keeps.");

    private static string Requirement(Dictionary<string, object?> user)
    {
        string[] specified =
        [
            .. from part in new[] { ("CIPHER", "ssl_cipher"), ("ISSUER", "x509_issuer"), ("SUBJECT", "x509_subject") }
               where Text(user[part.Item2]).Length > 0
               select $"{part.Item1} {AccountStatements.Text(Text(user[part.Item2]))}",
        ];
        return "REQUIRE " + Text(user["ssl_type"]) switch
        {
            "ANY" => "SSL",
            "X509" => "X509",
            "SPECIFIED" => string.Join(" AND ", specified),
            _ => "NONE",
        };
    }

    private static string LimitsOf(Dictionary<string, object?> user) => "WITH " + string.Join(
        ' ', Limits.Where(limit => user.ContainsKey(limit.Column)).Select(limit => $"{limit.Limit} {Convert.ToString(user[limit.Column], CultureInfo.InvariantCulture)}"));

    private static async Task<List<string>> GrantsAsync(MySqlConnection connection, SourceDefinition source, AccountName account, AccountName twin, CancellationToken cancel)
    {
        List<string> grants = [];
        bool isMariaDb = connection.IsMariaDb();
        foreach (Dictionary<string, object?> row in await connection.RowsAsync($"SHOW GRANTS FOR {AccountStatements.Account(account)}", cancel).ConfigureAwait(false))
        {
            grants.Add(Rewritten(Text(row.Values.First()), account, twin) ?? throw Refused(source, $"one of the rights of {account} cannot be copied."));
        }

        if (!isMariaDb)
        {
            List<Dictionary<string, object?>> roles = await connection.RowsAsync(
                "SELECT DEFAULT_ROLE_USER AS user, DEFAULT_ROLE_HOST AS host FROM mysql.default_roles WHERE USER=@user AND HOST=@host", cancel, ("@user", account.User), ("@host", account.Host)).ConfigureAwait(false);
            if (roles.Count > 0)
            {
                grants.Add($"SET DEFAULT ROLE {string.Join(", ", roles.Select(role => AccountStatements.Account(new AccountName(Text(role["user"]), Text(role["host"])))))} TO {AccountStatements.Account(twin)}");
            }
        }

        return grants;
    }

    /// <summary>A statement of SHOW GRANTS for another account; null for one that is of no known form. What it says of the password is left out.</summary>
    internal static string? Rewritten(string grant, AccountName account, AccountName twin)
    {
        foreach (string quoted in (string[])[$"{MySqlQuestions.Quote(account.User)}@{MySqlQuestions.Quote(account.Host)}", AccountStatements.Account(account)])
        {
            foreach (string word in (string[])[" TO ", " FROM ", " FOR "])
            {
                int at = grant.LastIndexOf(word + quoted, StringComparison.Ordinal);
                if (at > 0)
                {
                    string rest = grant[(at + word.Length + quoted.Length)..];
                    string option = Option().Match(rest) is { Success: true } match ? $" {match.Value}" : "";
                    return grant[..at] + word + AccountStatements.Account(twin) + option;
                }
            }
        }

        return null;
    }

    private static AcodeException Refused(SourceDefinition source, string why) => AccountStatements.Refused(
        source, why, "Have the account put in order by whoever runs the server, or drop the one that nobody uses, and begin again.");

    private static string Text(object? value) => value is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    [GeneratedRegex("WITH (GRANT|ADMIN) OPTION")]
    private static partial Regex Option();
}
