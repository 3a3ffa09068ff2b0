using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AcodeOps.Quality;

/// <summary>
/// A table's result on record in the quarantine storage: the rules with the keys of the rows that break them, and from where on a
/// sync would have to read to bring them again. Keys only: the rows themselves stay where they are.
/// </summary>
public sealed class QualityRecord(IInstallation installation)
{
    /// <summary>The folder of all records, below the storage's prefix.</summary>
    public const string Root = "acode_quality/";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
        WriteIndented = true,
    };

    /// <summary>Writes a result down.</summary>
    /// <returns>The result, with where it is.</returns>
    /// <exception cref="AcodeException"><c>StorageNotDefined</c>: the environment has no quarantine storage; or the storage's failure.</exception>
    public async Task<DataQualityResult> WriteAsync(DataQualityResult result, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(result);
        IObjectStore store = installation.Storage(StorageRole.Quarantine);
        BucketTraits traits = await store.ReadTraitsAsync(cancel).ConfigureAwait(false);
        string key = $"{FolderOf(store.Definition, result.Environment, result.Table, result.TestedAt)}{installation.Identifiers.Next(result.TestedAt)}.json";
        result = result with { Manifest = $"s3://{store.Definition.Bucket}/{key}" };
        PutOptions options = new() { Encrypt = store.Definition.KmsKey is not null || traits.DefaultEncryption is "", ContentType = "application/json" };
        await store.PutAsync(key, JsonSerializer.SerializeToUtf8Bytes(Document(result), Json), options, cancel).ConfigureAwait(false);
        return result;
    }

    /// <summary>The folder of a table's records of a day.</summary>
    internal static string FolderOf(StorageDefinition storage, string environment, string table, DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture, $"{storage.Prefix}{Root}{Uri.EscapeDataString(environment)}/{at.UtcDateTime:yyyy'/'MM'/'dd}/{Uri.EscapeDataString(table)}/");

    private object Document(DataQualityResult result)
    {
        TableDefinition? table = installation.Environment.Tables.FirstOrDefault(one => one.Name == result.Table);
        DateTime? replayFrom = result.Broken.Min(rule => rule.ReplayFrom);
        return new
        {
            Schema = 1,
            result.Environment,
            result.Table,
            table?.Key,
            result.ReadFrom,
            result.From,
            result.To,
            result.TestedAt,
            result.Rows,
            result.IsWhole,
            result.Verdict,
            result.Score,
            ScoreFormula = "100 * sum(weight * share) / sum(weight); weight 3 for errors, 1 for warnings; rules that are Unknown left out",
            Replay = replayFrom is null ? null : new
            {
                Cursor = table?.ProcessedAt,
                From = Cells.Text(replayFrom),
                Days = result.From is null ? null : $"{Cells.Text(result.From)}/{Cells.Text(result.To)}",
                Plan = "Once the rows are corrected at the source, have these days read again: a sync whose cursor begins before `from` brings them once more.",
            },
            Rules = result.Rules.Select(rule => new
            {
                rule.Rule,
                rule.Title,
                rule.Verdict,
                rule.Severity,
                rule.Owner,
                rule.Value,
                rule.Limit,
                rule.Unit,
                rule.Share,
                rule.BadRows,
                rule.Faults,
                rule.Keys,
                AllKeys = rule.BadRows is null ? (bool?)null : rule.BadRows == rule.Keys.Count,
                ReplayFrom = Cells.Text(rule.ReplayFrom),
                rule.Summary,
            }),
        };
    }
}
