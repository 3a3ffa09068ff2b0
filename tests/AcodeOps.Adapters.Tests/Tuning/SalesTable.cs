using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Adapters.Tests.Tuning;

/// <summary>A table as the installation's daily one, with no index but its key: 200,000 rows of 100 dates, in a database that a test shares with others.</summary>
internal static class SalesTable
{
    public const int Rows = 200_000;

    public static TableDefinition Definition(string name) => new() { Name = name, EventDate = "Data", ProcessedAt = "Data_Processamento", Value = "ACODE_Val_Total", Pharmacy = "CNPJ" };

    public static Task FillAsync(DatabaseServer server, string name, CancellationToken cancel, int rows = Rows) => server.ExecuteAsync(
        $"""
        CREATE TABLE {name} (idpk BIGINT NOT NULL PRIMARY KEY, Data DATE, Data_Processamento DATETIME, CNPJ VARCHAR(18), EAN VARCHAR(14), CFOP INT, NCM BIGINT, CST VARCHAR(3),
          Val_Prod DECIMAL(15,4), ACODE_Val_Total DECIMAL(15,4), note TEXT);
        CREATE TEMPORARY TABLE digits_{name} (d INT); INSERT INTO digits_{name} VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9);
        {Numbers(name)}
        INSERT INTO {name} SELECT n, DATE_ADD('2026-01-01', INTERVAL n DIV 2000 DAY), DATE_ADD('2026-01-02', INTERVAL n*43 SECOND), n MOD 500, n MOD 3000, 5102, 30049099, '060', n MOD 90, n MOD 100, 'x'
          FROM numbers_{name} WHERE n < {rows};
        DROP TEMPORARY TABLE numbers_{name}, digits_{name}; ANALYZE NO_WRITE_TO_BINLOG TABLE {name}
        """,
        cancel, server.Database);

    // A temporary table may be opened once in a statement: grown tenfold five times.
    private static string Numbers(string name) =>
        $"CREATE TEMPORARY TABLE numbers_{name} (n INT); INSERT INTO numbers_{name} SELECT d FROM digits_{name} WHERE d < 2;\n"
        + string.Concat(Enumerable.Range(0, 5).Select(step =>
            $"CREATE TEMPORARY TABLE next_{name} SELECT n*10 + d AS n FROM numbers_{name}, digits_{name}; DROP TEMPORARY TABLE numbers_{name}; ALTER TABLE next_{name} RENAME numbers_{name};\n"));
}
