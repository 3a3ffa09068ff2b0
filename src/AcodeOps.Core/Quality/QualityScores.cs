using System.Globalization;
using System.Text.Json;

namespace AcodeOps.Quality;

/// <summary>A table's newest score on record.</summary>
/// <param name="Score">From 0 to 100; null where none of its rules could be measured.</param>
/// <param name="TestedAt">When it was measured, UTC.</param>
/// <param name="Location">Where it is on record.</param>
public sealed record RecordedScore(double? Score, DateTimeOffset TestedAt, string Location);

/// <summary>Finds scores on record.</summary>
internal static class QualityScores
{
    /// <summary>How far back is looked: a week, and a day for a schedule that slips.</summary>
    public const int Days = 8;

    /// <summary>The newest score of a table; null where none was recorded within <see cref="Days"/>.</summary>
    /// <exception cref="AcodeException"><c>QualityRecordUnreadable</c> (Protocol), or the storage's failure.</exception>
    public static async Task<RecordedScore?> FindAsync(IObjectStore store, string environment, string table, DateTimeOffset now, CancellationToken cancel)
    {
        for (int back = 0; back <= Days; back++)
        {
            // Names are ULIDs: the last is the newest.
            List<StoredObject> found = await store.ListAsync(QualityRecord.FolderOf(store.Definition, environment, table, now.AddDays(-back)), cancel: cancel).ToListAsync(cancel).ConfigureAwait(false);
            if (found is [.., { } newest] && await store.GetAsync(newest.Key, cancel).ConfigureAwait(false) is { } content)
            {
                return Read(content.Content, newest, store.Definition);
            }
        }

        return null;
    }

    private static RecordedScore Read(ReadOnlyMemory<byte> content, StoredObject stored, StorageDefinition storage)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            JsonElement root = document.RootElement;
            return new RecordedScore(
                root.TryGetProperty("score", out JsonElement score) ? score.GetDouble() : null, root.GetProperty("tested_at").GetDateTimeOffset(), $"s3://{storage.Bucket}/{stored.Key}");
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new AcodeException("QualityRecordUnreadable", FailureClass.Protocol, string.Create(CultureInfo.InvariantCulture, $"'{stored.Key}' is no record of a test of data quality."), e)
            {
                Advice = "Test-AcodeDataQuality -Record writes a new one.",
                Subject = stored,
            };
        }
    }
}
