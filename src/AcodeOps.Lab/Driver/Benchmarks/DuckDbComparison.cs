using System.Diagnostics;
using System.Globalization;
using AcodeOps.Lab.Packages;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>
/// A whole comparison by DuckDB, as a user would write it: MySQL's rows through its own client, the objects copied by rclone, then every column of every
/// row, each side without the other. Debian's DuckDB comes without its extensions for MySQL and S3.
/// </summary>
internal sealed class DuckDbComparison(LabSite lab, string lake)
{
    public const string What = "DuckDB: all rows by the mysql client, the objects by rclone, each without the other (EXCEPT)";

    private const string Columns =
        "idpk, Data, Data_Processamento, CNPJ, CNPJ_Fornecedor, Fornecedor, EAN, NF_Numero, CFOP, NCM, CST, Qtd_Trib, Val_Prod, Val_Trib, ACODE_Val_Total, Aliquota_ICMS, Valor_ICMS, IPI, ST, STRet";

    /// <summary>How many rows only one side has, and what it took.</summary>
    public async Task<(long Rows, double Seconds)> CountAsync(CancellationToken cancel)
    {
        string folder = Path.Combine(lab.Folder, "duckdb"), options = Path.Combine(lab.Folder, "duckdb.cnf");
        DatabaseServer primary = lab.Databases.Primary;
        PrivateFile.Write(options, $"[client]\npassword={lab.Databases.Accounts.Admin.Password}\n");
        long began = Stopwatch.GetTimestamp();
        await CopyAsync(folder, cancel);
        string[] client =
        [
            .. PackageTrees.GuideTools.Command(
                "usr/bin/mysql", $"--defaults-extra-file={options}", "-h", "127.0.0.1", "-P", primary.Port.ToString(CultureInfo.InvariantCulture), "-u", lab.Databases.Accounts.Admin.User,
                "--batch", "--quick", "--skip-column-names", "--default-character-set=utf8mb4", primary.Database, "-e", $"SELECT {Columns} FROM {SalesTables.Daily}"),
        ];
        string sql = $"""
            CREATE VIEW b AS SELECT {Columns} FROM read_parquet('{folder}/**/*.parquet');
            CREATE TABLE a AS SELECT * FROM b LIMIT 0;
            COPY a FROM '/dev/stdin' (FORMAT csv, DELIMITER '\t', HEADER false, NULLSTR 'NULL', QUOTE '');
            SELECT (SELECT COUNT(*) FROM (SELECT * FROM a EXCEPT SELECT * FROM b)) + (SELECT COUNT(*) FROM (SELECT * FROM b EXCEPT SELECT * FROM a));
            """;
        string[] duck = [.. Command("-c", sql)];
        ToolRun run = await ToolRun.RunAsync(
            "/bin/bash", ["-c", $"set -o pipefail; \"${{@:1:{client.Length}}}\" | \"${{@:{client.Length + 1}}}\"", "bash", .. client, .. duck], cancel);
        string[] told = Lines(run);
        Directory.Delete(folder, recursive: true);
        return (long.Parse(told[^1], CultureInfo.InvariantCulture), Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>Runs statements, and returns the lines of what they tell.</summary>
    public static async Task<string[]> AskAsync(string sql, CancellationToken cancel)
    {
        IReadOnlyList<string> command = Command("-c", sql);
        return Lines(await ToolRun.RunAsync(command[0], command.Skip(1), cancel));
    }

    private static IReadOnlyList<string> Command(params IEnumerable<string> arguments) => PackageTrees.DuckDb.Command("usr/bin/duckdb", ["-csv", "-noheader", "-bail", .. arguments]);

    private static string[] Lines(ToolRun run) =>
        run.ExitCode == 0 ? run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : throw new DriverException($"DuckDB: {run.Tail()}");

    private async Task CopyAsync(string folder, CancellationToken cancel)
    {
        Dictionary<string, string> remote = new()
        {
            ["RCLONE_CONFIG"] = "/dev/null",
            ["RCLONE_CONFIG_BENCH_TYPE"] = "s3",
            ["RCLONE_CONFIG_BENCH_PROVIDER"] = "Ceph",
            ["RCLONE_CONFIG_BENCH_ENDPOINT"] = lab.StorageEndpoint,
            ["RCLONE_CONFIG_BENCH_ACCESS_KEY_ID"] = lab.Installation.Key.AccessKey,
            ["RCLONE_CONFIG_BENCH_SECRET_ACCESS_KEY"] = lab.Installation.Key.SecretKey,
        };
        IReadOnlyList<string> command = PackageTrees.BucketTools.Command("usr/bin/rclone", "copy", $"bench:{lake["s3://".Length..]}", folder);
        ToolRun run = await ToolRun.RunAsync(command[0], command.Skip(1), cancel, environment: remote);
        if (run.ExitCode != 0)
        {
            throw new DriverException($"rclone: {run.Tail()}");
        }
    }
}
