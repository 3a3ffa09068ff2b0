using System.Globalization;
using AcodeOps.Adapters.MySql;
using AcodeOps.Lab.Servers.Databases;
using MySqlConnector;

namespace AcodeOps.Adapters.Tests.MySql;

/// <summary>What a server was really asked, by its general log, and what that cost it.</summary>
internal static class AskedStatements
{
    /// <summary>The collection of the tests that switch a shared server's general log on and off.</summary>
    public const string Collection = "general log";

    /// <summary>A login of its own that may read, with the log switched on.</summary>
    public static async Task<DatabaseLogin> BeginAsync(DatabaseServer server, string user, CancellationToken cancel)
    {
        DatabaseLogin login = DatabaseLogin.WithNewPassword(user);
        await server.ExecuteAsync(
            $"SET SESSION sql_log_bin=0; CREATE USER {login.User}@'127.0.0.1' IDENTIFIED BY '{login.Password}'; GRANT SELECT ON {server.Database}.* TO {login.User}@'127.0.0.1'", cancel);
        await LogAsync(server, cancel);
        return login;
    }

    /// <summary>Switches a server's log on.</summary>
    public static Task LogAsync(DatabaseServer server, CancellationToken cancel) => server.ExecuteAsync("SET GLOBAL log_output='TABLE'; SET GLOBAL general_log=ON", cancel);

    /// <summary>The statements on tables that the server really got from this user; the log is switched off.</summary>
    public static async Task<IReadOnlyList<string>> EndAsync(DatabaseServer server, string user, CancellationToken cancel)
    {
        await server.ExecuteAsync("SET GLOBAL general_log=OFF", cancel);
        await using MySqlConnection admin = await server.OpenAsync(cancel);
        return
        [
            .. (await admin.RowsAsync("SELECT CONVERT(argument USING utf8mb4) AS q FROM mysql.general_log WHERE user_host LIKE CONCAT(@user, '%') AND command_type = 'Query'", cancel, ("@user", user)))
                .Select(row => (string)row["q"]!)
                .Where(sql => sql.StartsWith("SELECT", StringComparison.Ordinal) && !sql.Contains("information_schema", StringComparison.Ordinal)),
        ];
    }

    /// <summary>Asks once more: the plan must not scan the table, nor may more rows be read than allowed.</summary>
    public static async Task AssertNoScanAsync(MySqlConnection admin, string table, string sql, long allowed, CancellationToken cancel)
    {
        string plan = "";
        string explain = admin.IsMariaDb() ? "EXPLAIN " : "EXPLAIN FORMAT=TRADITIONAL ";
        foreach (Dictionary<string, object?> step in await admin.RowsAsync(explain + sql, cancel))
        {
            plan += string.Join(' ', step.Select(cell => $"{cell.Key}={cell.Value}")) + "\n";
            Assert.False($"{step["table"]}" == table && $"{step["type"]}" == "ALL", $"{sql}\n{plan}");
            // Along an index from its end is fine when there is a limit; MariaDB's estimate leaves the limit out, the measurement below does not.
            Assert.False($"{step["table"]}" == table && $"{step["type"]}" == "index" && !sql.Contains("LIMIT", StringComparison.Ordinal), $"{sql}\n{plan}");
        }

        long before = await ReadAsync(admin, cancel);
        await admin.RowsAsync(sql, cancel);
        long read = await ReadAsync(admin, cancel) - before;
        Assert.True(read <= allowed, $"{read} rows read by {sql}\n{plan}");
    }

    private static async Task<long> ReadAsync(MySqlConnection session, CancellationToken cancel) =>
        (await session.RowsAsync("SHOW SESSION STATUS LIKE 'Handler_read%'", cancel)).Sum(row => Convert.ToInt64(row["Value"], CultureInfo.InvariantCulture));
}
