using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Tests.MySql;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Tuning;
using MySqlConnector;

namespace AcodeOps.Adapters.Tests.Tuning;

/// <summary>A database of a test's own, and statements of known cost in it.</summary>
internal sealed class KnownLoad(DatabaseServer server, string database)
{
    public const int TableRows = 2_000;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(77);

    public string Database => database;

    /// <summary>Makes the database with a table of 2,000 rows without an index on its text.</summary>
    public Task CreateAsync(CancellationToken cancel) => server.ExecuteAsync(
        $"""
        CREATE DATABASE {database}; USE {database};
        CREATE TABLE digits (d INT PRIMARY KEY); INSERT INTO digits VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9);
        CREATE TABLE notes (idpk INT PRIMARY KEY, note VARCHAR(80));
        INSERT INTO notes SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d, 'nothing' FROM digits a, digits b, digits c, digits e WHERE e.d < {TableRows / 1000};
        """,
        cancel);

    /// <summary>A login that may read the tables of the lake, and what statements cost.</summary>
    public async Task<DatabaseLogin> LoginAsync(string user, CancellationToken cancel)
    {
        DatabaseLogin login = DatabaseLogin.WithNewPassword(user);
        await server.ExecuteAsync(
            $"SET SESSION sql_log_bin=0; CREATE USER {user}@'127.0.0.1' IDENTIFIED BY '{login.Password}'; GRANT SELECT ON {server.Database}.* TO {user}@'127.0.0.1'; "
            + $"GRANT SELECT ON performance_schema.events_statements_summary_by_digest TO {user}@'127.0.0.1'",
            cancel);
        return login;
    }

    /// <summary>The server, asked by such a login.</summary>
    public async Task<MySqlSource> OpenAsync(string user, CancellationToken cancel)
    {
        DatabaseLogin login = await LoginAsync(user, cancel);
        return SourceUnderTest.Open(SourceUnderTest.Definition(server, login), new OneCredential(login.Password));
    }

    /// <summary>The statements of this database that ran while the work was done.</summary>
    public async Task<IReadOnlyList<SlowQuery>> WindowAsync(MySqlSource source, Func<Task> work, CancellationToken cancel)
    {
        WorkInsteadOfWaiting clock = new(Window, work);
        IReadOnlyList<SlowQuery> seen = await new SlowQueryReader(clock).ReadAsync(source, new SlowQueryRequest { Duration = Window, Top = 100, Schemas = name => name == database }, cancel);
        await clock.Work;
        return seen;
    }

    /// <summary>Ten statements at once that sleep 0.3 s each.</summary>
    public Task SleepTenTimesAsync(CancellationToken cancel) => Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RunAsync(["SELECT SLEEP(0.3)"], cancel)));

    /// <summary>Runs statements one after the other in one session; those that fail are failures of their own.</summary>
    public async Task RunAsync(IEnumerable<string> statements, CancellationToken cancel)
    {
        await using MySqlConnection session = await server.OpenAsync(cancel, database: database);
        foreach (string sql in statements)
        {
            try
            {
                await using MySqlCommand command = new(sql, session);
                await command.ExecuteNonQueryAsync(cancel);
            }
            catch (MySqlException)
            {
                // Statements that no server accepts are part of the load.
            }
        }
    }
}
