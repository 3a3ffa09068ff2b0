using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AcodeOps.Lab.Packages;

namespace AcodeOps.Lab.LakeEngines;

/// <summary>The answer to a question: the names of its columns, and its rows.</summary>
public sealed record LakeAnswer(IReadOnlyList<string> Columns, IReadOnlyList<JsonElement[]> Rows, long BytesRead);

/// <summary>A question that the engine does not answer.</summary>
public sealed class LakeQueryException(string name, string message) : Exception(message)
{
    public string Name => name;
}

/// <summary>Answers questions in Trino's SQL by DuckDB, over copies of the lake's objects.</summary>
internal static partial class LakeQuery
{
    /// <summary>Answers a question.</summary>
    public static async Task<LakeAnswer> AskAsync(LakeCatalog catalog, string sql, CancellationToken cancel)
    {
        if (ColumnsQuestion().Match(sql) is { Success: true } asked)
        {
            return await ColumnsAsync(catalog, asked.Groups["schema"].Value, asked.Groups["table"].Value, cancel);
        }

        string table = TableName().Match(sql) is { Success: true } named && named.Groups["catalog"].Value == LakeCatalog.Name && named.Groups["schema"].Value == LakeCatalog.Schema
            ? named.Groups["table"].Value
            : throw new LakeQueryException("CATALOG_NOT_FOUND", "The statement names no table of this catalog.");
        if (!catalog.Tables.Contains(table))
        {
            throw new LakeQueryException("TABLE_NOT_FOUND", $"Table '{LakeCatalog.Name}.{LakeCatalog.Schema}.{table}' does not exist");
        }

        IReadOnlyList<string> files = await catalog.CopyAsync(table, cancel);
        string view = $"""
            ATTACH ':memory:' AS {LakeCatalog.Name};
            CREATE SCHEMA {LakeCatalog.Name}.{LakeCatalog.Schema};
            CREATE VIEW {LakeCatalog.Name}.{LakeCatalog.Schema}."{table}" AS SELECT * EXCLUDE (filename), 's3://' || substr(filename, {catalog.Folder.Length + 2}) AS "$path" FROM {Reading(files)};
            """;
        using JsonDocument told = await RunAsync($"{DuckDbDialect.Functions}\n{view}\n{DuckDbDialect.Translate(sql)}", cancel);
        JsonElement[][] rows = [.. told.RootElement.EnumerateArray().Select(row => row.EnumerateObject().Select(cell => cell.Value.Clone()).ToArray())];
        string[] columns = rows.Length == 0 ? [] : [.. told.RootElement[0].EnumerateObject().Select(cell => cell.Name)];
        return new LakeAnswer(columns, rows, files.Sum(file => new FileInfo(file).Length));
    }

    private static async Task<LakeAnswer> ColumnsAsync(LakeCatalog catalog, string schema, string table, CancellationToken cancel)
    {
        if (schema != LakeCatalog.Schema || !catalog.Tables.Contains(table))
        {
            return new LakeAnswer(["column_name", "data_type"], [], 0);
        }

        using JsonDocument told = await RunAsync($"DESCRIBE SELECT * EXCLUDE (filename) FROM {Reading(await catalog.CopyAsync(table, cancel))};", cancel);
        return new LakeAnswer(
            ["column_name", "data_type"],
            [
                .. told.RootElement.EnumerateArray().Select(column => new[]
                {
#pragma warning disable CA1308 // Hive's catalogs keep small letters.
                    JsonSerializer.SerializeToElement(column.GetProperty("column_name").GetString()!.ToLowerInvariant()),
#pragma warning restore CA1308
                    JsonSerializer.SerializeToElement(DuckDbDialect.TypeOf(column.GetProperty("column_type").GetString()!, catalog.TimeDigits)),
                }),
            ],
            0);
    }

    private static string Reading(IReadOnlyList<string> files) => files.Count == 0
        ? throw new LakeQueryException("HIVE_INVALID_METADATA", "The table has no objects.")
        : $"read_parquet([{string.Join(", ", files.Select(file => $"'{file.Replace("'", "''", StringComparison.Ordinal)}'"))}], filename = true, union_by_name = true)";

    private static async Task<JsonDocument> RunAsync(string sql, CancellationToken cancel)
    {
        string file = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"lake-{Guid.NewGuid():N}.sql"));
        await File.WriteAllTextAsync(file, sql + "\n", new UTF8Encoding(false), cancel);
        try
        {
            IReadOnlyList<string> command = PackageTrees.DuckDb.Command("usr/bin/duckdb", "-json", "-bail", "-f", file);
            ToolRun run = await ToolRun.RunAsync(command[0], command.Skip(1), cancel);
            return run.ExitCode == 0
                ? JsonDocument.Parse(string.IsNullOrWhiteSpace(run.Output) ? "[]" : run.Output)
                : throw new LakeQueryException("SYNTAX_ERROR", run.Tail());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex("""FROM "hive"\.information_schema\.columns WHERE table_schema = '(?<schema>[^']*)' AND table_name = '(?<table>[^']*)'""")]
    private static partial Regex ColumnsQuestion();

    [GeneratedRegex("""FROM "(?<catalog>[^"]*)"\."(?<schema>[^"]*)"\."(?<table>[^"]*)" WHERE """)]
    private static partial Regex TableName();
}
