using System.Globalization;
using System.Text.RegularExpressions;
using AcodeOps.Secrets.Rotating;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>Reads what a server tells of an account and of whoever asks.</summary>
internal static partial class AccountReader
{
    private const string AllRights = "ALL PRIVILEGES";

    // What ALL PRIVILEGES of MariaDB stands for, as far as a rotation asks for it.
    private static readonly string[] Rights = ["CREATE USER", "SUPER", "BINLOG ADMIN", "READ_ONLY ADMIN"];

    /// <summary>The account that the server took the login for.</summary>
    public static async Task<AccountName> ReadNameAsync(MySqlConnection connection, CancellationToken cancel)
    {
        string name = Text((await connection.RowsAsync("SELECT CURRENT_USER() AS name", cancel).ConfigureAwait(false))[0]["name"]);
        int at = name.LastIndexOf('@');
        return new AccountName(name[..at], name[(at + 1)..]);
    }

    /// <summary>What a rotation needs to know.</summary>
    public static async Task<AccountReview> ReviewAsync(MySqlConnection connection, AccountName account, CancellationToken cancel)
    {
        bool isMariaDb = connection.IsMariaDb();
        Dictionary<string, object?> server = (await connection.RowsAsync(
            isMariaDb
                ? "SELECT @@version AS version, 0 AS super_read_only, 0 AS history"
                : "SELECT @@version AS version, @@global.super_read_only AS super_read_only, @@global.password_history + @@global.password_reuse_interval AS history",
            cancel).ConfigureAwait(false))[0];
        return new AccountReview
        {
            Account = account,
            Flavor = isMariaDb ? SourceFlavor.MariaDb : SourceFlavor.MySql,
            Version = VersionOf(Text(server["version"])),
            IsReplica = await IsReplicaAsync(connection, cancel).ConfigureAwait(false),
            IsSuperReadOnly = MySqlQuestions.IsOn(server["super_read_only"]),
            Rights = await RightsAsync(connection, cancel).ConfigureAwait(false),
            HasSecondPassword = isMariaDb ? false : await CountAsync(
                connection, "SELECT JSON_CONTAINS_PATH(COALESCE(User_attributes, '{}'), 'one', '$.additional_password') AS n FROM mysql.user WHERE User=@user AND Host=@host", account, cancel).ConfigureAwait(false) is { } second ? second > 0 : null,
            Namesakes = await CountAsync(connection, "SELECT COUNT(*) AS n FROM mysql.user WHERE User=@user AND Host<>@host", account, cancel).ConfigureAwait(false),
            RefusesFormerPasswords = MySqlQuestions.IsOn(server["history"]),
        };
    }

    private static Version VersionOf(string text) => VersionForm().Match(text) is { Success: true } match ? new Version(match.Value) : new Version(0, 0, 0);

    private static async Task<bool?> IsReplicaAsync(MySqlConnection connection, CancellationToken cancel)
    {
        foreach (string question in (string[])["SHOW REPLICA STATUS", "SHOW SLAVE STATUS"])
        {
            try
            {
                return (await connection.RowsAsync(question, cancel).ConfigureAwait(false)).Count > 0;
            }
            catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.ParseError)
            {
                // An older server: it knows the other word.
            }
            catch (MySqlException e) when (IsForbidden(e))
            {
                return null;
            }
        }

        return null;
    }

    private static async Task<HashSet<string>> RightsAsync(MySqlConnection connection, CancellationToken cancel)
    {
        HashSet<string> rights = new(StringComparer.OrdinalIgnoreCase);
        foreach (Dictionary<string, object?> row in await connection.RowsAsync("SHOW GRANTS", cancel).ConfigureAwait(false))
        {
            if (ServerWide().Match(Text(row.Values.First())) is { Success: true } match)
            {
                rights.UnionWith(match.Groups["rights"].Value.Split(',', StringSplitOptions.TrimEntries));
                if (match.Groups["grant"].Success)
                {
                    rights.Add("GRANT OPTION");
                }
            }
        }

        if (rights.Contains(AllRights))
        {
            rights.UnionWith(Rights);
        }

        return rights;
    }

    private static async Task<int?> CountAsync(MySqlConnection connection, string question, AccountName account, CancellationToken cancel)
    {
        try
        {
            List<Dictionary<string, object?>> rows = await connection.RowsAsync(question, cancel, ("@user", account.User), ("@host", account.Host)).ConfigureAwait(false);
            return rows.Count == 0 ? 0 : Convert.ToInt32(rows[0]["n"], CultureInfo.InvariantCulture);
        }
        catch (MySqlException e) when (IsForbidden(e))
        {
            return null;
        }
        catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.BadFieldError)
        {
            // A server before second passwords.
            return 0;
        }
    }

    private static bool IsForbidden(MySqlException e) =>
        e.ErrorCode is MySqlErrorCode.TableAccessDenied or MySqlErrorCode.ColumnAccessDenied or MySqlErrorCode.SpecifiedAccessDeniedError or MySqlErrorCode.DatabaseAccessDenied;

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    [GeneratedRegex(@"^\d+\.\d+\.\d+")]
    private static partial Regex VersionForm();

    [GeneratedRegex(@"^GRANT (?<rights>.+?) ON \*\.\* TO .*?(?<grant> WITH .*GRANT OPTION.*)?$")]
    private static partial Regex ServerWide();
}
