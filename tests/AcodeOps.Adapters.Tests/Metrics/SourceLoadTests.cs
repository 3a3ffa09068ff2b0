using System.Globalization;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Adapters.Tests.MySql;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Metrics;
using MySqlConnector;

namespace AcodeOps.Adapters.Tests.Metrics;

/// <summary>What a collection of all metrics costs the sources: one statement for each table, none of which scans it, and the right figures.</summary>
[Collection(AskedStatements.Collection)]
public sealed class SourceLoadTests(LabFixture lab)
{
    private const int RowsADay = 2_000;
    private const int Days = 100;

    // Of today there are few so far.
    private const int RowsOfToday = 300;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseFlavor, bool> Variants => new(
        from flavor in new[] { DatabaseFlavor.MySql, DatabaseFlavor.MariaDb }
        from isIndexed in new[] { true, false }
        select (flavor, isIndexed));

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task One_collection_asks_each_table_once_on_the_replica_and_scans_none(DatabaseFlavor flavor, bool isIndexed)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        string name = isIndexed ? "load_by_date" : "load_by_key";
        DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow);
        await FillAsync(pair.Primary, name, today, isIndexed);
        TableDefinition table = new() { Name = name, EventDate = "Data", ProcessedAt = "Data_Processamento", Value = "Val", Pharmacy = "CNPJ" };
        // The replica takes no account but by replication.
        DatabaseLogin login = DatabaseLogin.WithNewPassword("u_" + name);
        string mayLook = flavor == DatabaseFlavor.MySql ? "REPLICATION CLIENT" : "REPLICA MONITOR";
        await pair.Primary.ExecuteAsync($"CREATE USER {login.User}@'127.0.0.1' IDENTIFIED BY '{login.Password}'; GRANT SELECT ON *.* TO {login.User}@'127.0.0.1'; GRANT {mayLook} ON *.* TO {login.User}@'127.0.0.1'", Cancel);
        await pair.WaitUntilInSyncAsync(TimeSpan.FromMinutes(1), Cancel);
        await AskedStatements.LogAsync(pair.Primary, Cancel);
        await AskedStatements.LogAsync(pair.Replica, Cancel);
        await using SourcesOnly installation = new(pair, (login, login), table);

        Dictionary<string, Metric> metrics = [];
        await foreach (Metric metric in MetricRunner.RunAsync(installation, MetricCatalog.Groups, _ => true, TimeSpan.FromMinutes(1), Cancel))
        {
            metrics[$"{metric.Name} {string.Join(',', metric.Tags.Where(tag => !tag.StartsWith("table:", StringComparison.Ordinal)))}".TrimEnd()] = metric;
        }

        string all = string.Join('\n', metrics.Values);
        Assert.True(metrics["acode.daily_records day:closed,role:backup"].Value == RowsADay, all);
        Assert.Equal(RowsOfToday, metrics["acode.daily_records day:today,role:backup"].Value);
        Assert.Equal(RowsADay * 1.25, metrics["acode.daily_transaction_value day:closed,role:backup"].Value);
        Assert.Equal(7, metrics["acode.daily_unique_pharmacies day:closed,role:backup"].Value);
        Assert.Equal(0, metrics["acode.event_date_age_days role:backup"].Value);
        Assert.InRange(metrics["acode.data_freshness_hours role:backup"].Value!.Value, 0, 25);
        Assert.InRange(metrics["acode.replication_lag_seconds"].Value!.Value, 0, 300);
        Assert.True(metrics[$"acode.health_check component:volume,target:{name}"].Value == 0, all);
        Assert.Equal(1, metrics["acode.mysql_primary_health_checks status:success"].Value);

        string[] askedOfReplica = Of(name, await AskedStatements.EndAsync(pair.Replica, login.User, Cancel));
        string[] askedOfPrimary = Of(name, await AskedStatements.EndAsync(pair.Primary, login.User, Cancel));
        string sql = Assert.Single(askedOfReplica);
        // The primary is asked how far its data reaches, for the check of the replica against it: four rows.
        string reach = Assert.Single(askedOfPrimary);
        await using MySqlConnection admin = await pair.Primary.OpenAsync(Cancel, database: pair.Primary.Database);
        // By the index: nine days in it, of which two are looked up. By the key: the newest 100,000 rows, and once more each to sort and to group.
        await AskedStatements.AssertNoScanAsync(admin, name, sql, isIndexed ? (8 * RowsADay) + (4 * RowsADay) : 305_000, Cancel);
        await AskedStatements.AssertNoScanAsync(admin, name, reach, isIndexed ? 100 : 4_100, Cancel);
    }

    private static string[] Of(string table, IEnumerable<string> asked) => [.. asked.Where(sql => sql.Contains($"`{table}`", StringComparison.Ordinal))];

    private static Task FillAsync(DatabaseServer server, string table, DateOnly today, bool isIndexed) => server.ExecuteAsync(
        string.Create(CultureInfo.InvariantCulture, $"""
        CREATE TABLE IF NOT EXISTS ten (d INT PRIMARY KEY);
        INSERT IGNORE INTO ten VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9);
        CREATE TABLE {table} (idpk BIGINT PRIMARY KEY, Data DATE, Data_Processamento DATETIME, CNPJ VARCHAR(18), Val DECIMAL(15,2){(isIndexed ? ", KEY by_data (Data), KEY by_processed (Data_Processamento)" : "")});
        INSERT INTO {table} SELECT n + 1, '{today:yyyy-MM-dd}' - INTERVAL ({Days} - n DIV {RowsADay}) DAY, '{today:yyyy-MM-dd} 00:00:00' - INTERVAL ({Days} - n DIV {RowsADay}) DAY, CONCAT('11.111.111/000', n % 7), 1.25
            FROM (SELECT a.d + 10*b.d + 100*c.d + 1000*d.d + 10000*e.d + 100000*f.d AS n FROM ten a, ten b, ten c, ten d, ten e, ten f WHERE f.d < 3) x WHERE n < {(Days * RowsADay) + RowsOfToday};
        ANALYZE TABLE {table};
        """),
        Cancel, server.Database);
}
