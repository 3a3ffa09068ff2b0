using Parquet;
using Parquet.Schema;

namespace AcodeOps.Lab.Airbyte.Sync.Columns;

/// <summary>The columns that destination-s3 puts before a stream's own: id, time, meta (a struct, its list of changes always empty) and generation.</summary>
internal sealed class AirbyteColumns
{
    private readonly DataField _rawId = new DataField<string>("_airbyte_raw_id", nullable: false);
    private readonly DataField _extractedAt = new DataField<long>("_airbyte_extracted_at");
    private readonly DataField _syncId = new DataField<long>("sync_id");
    private readonly DataField[] _change = [new DataField<string>("field"), new DataField<string>("change"), new DataField<string>("reason")];
    private readonly DataField _generationId = new DataField<long>("_airbyte_generation_id");
    private readonly ListField _changes;
    private readonly List<string> _ids = [];
    private readonly long _sync;
    private readonly long _generation;
    private long[] _times = new long[1024];

    public AirbyteColumns(long syncId, long generationId)
    {
        _sync = syncId;
        _generation = generationId;
        _changes = new ListField("changes", new StructField("element", _change));
        Fields = [_rawId, _extractedAt, new StructField("_airbyte_meta", _syncId, _changes), _generationId];
    }

    public IReadOnlyList<Field> Fields { get; }

    public int Count => _ids.Count;

    /// <summary>Adds a row, extracted now.</summary>
    /// <returns>About how many bytes it has.</returns>
    public int Add()
    {
        if (_ids.Count == _times.Length)
        {
            Array.Resize(ref _times, _times.Length * 2);
        }

        // Milliseconds since the epoch: destination-s3 writes an integer, not a timestamp.
        _times[_ids.Count] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        _ids.Add(Guid.NewGuid().ToString());
        return 36 + (3 * sizeof(long));
    }

    public async Task FlushAsync(ParquetRowGroupWriter group, CancellationToken cancel)
    {
        int rows = _ids.Count;
        await group.WriteAsync(_rawId, _ids);
        await group.WriteAsync<long>(_extractedAt, _times.AsMemory(0, rows), cancellationToken: cancel);
        await group.WriteAllPartsAsync<long>(_syncId, Filled(_sync, rows), Filled(_syncId.MaxDefinitionLevel, rows), null, cancel);
        ReadOnlyMemory<int> emptyList = Filled(_changes.MaxDefinitionLevel - 1, rows);
        ReadOnlyMemory<int> newRow = Filled(0, rows);
        foreach (DataField part in _change)
        {
            await group.WriteAllPartsAsync<ReadOnlyMemory<char>>(part, ReadOnlyMemory<ReadOnlyMemory<char>>.Empty, emptyList, newRow, cancel);
        }

        await group.WriteAsync<long>(_generationId, Filled(_generation, rows), cancellationToken: cancel);
        _ids.Clear();
    }

    private static ReadOnlyMemory<T> Filled<T>(T value, int count)
    {
        T[] values = new T[count];
        Array.Fill(values, value);
        return values;
    }
}
