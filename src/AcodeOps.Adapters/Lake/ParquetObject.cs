using System.Buffers.Binary;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace AcodeOps.Adapters.Lake;

/// <summary>
/// One Parquet object whose footer is read. Whatever the library throws at a damaged file comes out as
/// <c>LakeFileUnreadable</c>: such files are expected where a sync was stopped.
/// </summary>
internal sealed class ParquetObject : IAsyncDisposable
{
    // The footer of a part of the usual size has some 10 KiB: one request has it.
    private const int TailBytes = 64 << 10;
    private const int MarkBytes = 4;
    private const int EndBytes = sizeof(int) + MarkBytes;

    private readonly IObjectStore _store;
    private readonly StoredObject _stored;
    private readonly ObjectWindow _window;
    private readonly ParquetReader _reader;
    private readonly FileMetaData _footer;

    private ParquetObject(IObjectStore store, StoredObject stored, ObjectWindow window, ParquetReader reader, FileMetaData footer)
    {
        (_store, _stored, _window, _reader, _footer) = (store, stored, window, reader, footer);
    }

    /// <summary>How many row groups there are.</summary>
    public int Groups => _footer.RowGroups.Count;

    /// <summary>Reads the footer.</summary>
    /// <exception cref="AcodeException"><c>LakeFileUnreadable</c>, or the storage's failure.</exception>
    public static async Task<ParquetObject> OpenAsync(IObjectStore store, StoredObject stored, CancellationToken cancel)
    {
        ObjectWindow window = new(store, stored);
        return await GuardAsync(store, stored, async () =>
        {
            await LoadFooterAsync(window, stored, cancel).ConfigureAwait(false);
            ParquetReader reader = await ParquetReader.CreateAsync(
                window, new ParquetOptions { UseDateOnlyTypeForDates = true }, cancellationToken: cancel).ConfigureAwait(false);
            if (reader.Metadata is not { } footer || footer.NumRows < 0 || footer.NumRows != footer.RowGroups.Sum(g => g.NumRows))
            {
                throw new InvalidDataException("Its footer contradicts itself about the number of rows.");
            }

            window.Forget();
            return new ParquetObject(store, stored, window, reader, footer);
        }).ConfigureAwait(false);
    }

    /// <summary>The failure of content that cannot be.</summary>
    public AcodeException Unreadable(string why) => Unreadable(_store, _stored, why, cause: null);

    /// <summary>What the footer tells, with the range of each of these columns that every row group tells.</summary>
    public Task<LakeFile> DescribeAsync(IEnumerable<string> columns) => GuardAsync(_store, _stored, () =>
    {
        string[] names = [.. columns];
        return Task.FromResult(new LakeFile(_stored.Key, _footer.NumRows)
        {
            Ranges = FindRanges(names, _footer.RowGroups),
            Groups = [.. _footer.RowGroups.Select(group => new LakeRowGroup(group.NumRows, FindRanges(names, [group])))],
            Columns = [.. _reader.Schema.Fields.Select(field => field.Name)],
            Codecs = [.. _footer.RowGroups.SelectMany(group => group.Columns).Select(chunk => chunk.MetaData?.Codec.ToString()).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
        });
    });

    /// <summary>Reads two columns of a row group; no other bytes of it are fetched.</summary>
    /// <exception cref="AcodeException"><c>LakeColumnMissing</c>, <c>LakeFileUnreadable</c>, or the storage's failure.</exception>
    public Task<IReadOnlyList<LakeRow>> ReadGroupAsync(int index, string keyColumn, string? cursorColumn, CancellationToken cancel) =>
        GuardAsync<IReadOnlyList<LakeRow>>(_store, _stored, async () =>
        {
            DataField key = FieldOf(keyColumn);
            DataField? cursor = cursorColumn is null ? null : FieldOf(cursorColumn);
            using ParquetRowGroupReader group = _reader.OpenRowGroupReader(index);
            string?[] keys = await ReadAsync(group, key, cancel).ConfigureAwait(false);
            string?[]? cursors = cursor is null ? null : await ReadAsync(group, cursor, cancel).ConfigureAwait(false);
            return [.. keys.Select((k, i) => new LakeRow(k ?? throw new InvalidDataException($"It has a row without {keyColumn}."), cursors?[i]))];
        });

    /// <summary>Reads columns of a row group; no other bytes of it are fetched. One that is not there is NULL in all rows.</summary>
    /// <exception cref="AcodeException"><c>LakeFileUnreadable</c>, or the storage's failure.</exception>
    public Task<IReadOnlyList<string?[]>> ReadColumnsAsync(int index, IReadOnlyList<string> columns, CancellationToken cancel) =>
        GuardAsync<IReadOnlyList<string?[]>>(_store, _stored, async () =>
        {
            using ParquetRowGroupReader group = _reader.OpenRowGroupReader(index);
            List<string?[]> read = [];
            foreach (string column in columns)
            {
                read.Add(FindField(column) is { } field ? await ReadAsync(group, field, cancel).ConfigureAwait(false) : new string?[group.RowCount]);
            }

            return read;
        });

    /// <summary>Reads columns of a row group in canonical form. One that is not there is NULL in all rows.</summary>
    /// <exception cref="AcodeException"><c>LakeFileUnreadable</c>, or the storage's failure.</exception>
    public Task<IReadOnlyList<CanonicalColumn>> ReadCanonicalAsync(int index, IReadOnlyList<RowColumn> columns, CancellationToken cancel) =>
        GuardAsync<IReadOnlyList<CanonicalColumn>>(_store, _stored, async () =>
        {
            using ParquetRowGroupReader group = _reader.OpenRowGroupReader(index);
            List<CanonicalColumn> read = [];
            foreach (RowColumn column in columns)
            {
                read.Add(FindField(column.Name) is { } field
                    ? await ReadAsync(group, field, isUtc => CanonicalColumn.ReadAsync(group, field, isUtc, column, cancel), one => one.Count, cancel).ConfigureAwait(false)
                    : CanonicalColumn.OfNulls((int)group.RowCount));
            }

            return read;
        });

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync().ConfigureAwait(false);
        await _window.DisposeAsync().ConfigureAwait(false);
    }

    private Dictionary<string, ColumnRange> FindRanges(IEnumerable<string> names, IReadOnlyCollection<RowGroup> groups)
    {
        Dictionary<string, ColumnRange> ranges = [];
        foreach (string name in names)
        {
            if (FindElement(name) is { } element
                && new ColumnStatistics(element, _footer.CreatedBy).FindRange(groups.Where(g => g.NumRows > 0).Select(g => FindChunk(g, name))) is { } range)
            {
                ranges[name] = range;
            }
        }

        return ranges;
    }

    private static ColumnMetaData? FindChunk(RowGroup group, string name) =>
        group.Columns.Select(c => c.MetaData).FirstOrDefault(c => c?.PathInSchema is [{ } only] && only == name);

    // The schema is a tree, written down depth first; the root comes first. Only columns of its own are looked for.
    private SchemaElement? FindElement(string name)
    {
        for (int i = 1; i < _footer.Schema.Count; i = After(i))
        {
            if (_footer.Schema[i] is { Type: not null } element && element.Name == name)
            {
                return element;
            }
        }

        return null;

        int After(int index)
        {
            int next = index + 1;
            for (int children = _footer.Schema[index].NumChildren ?? 0; children > 0; children--)
            {
                next = After(next);
            }

            return next;
        }
    }

    private static async Task LoadFooterAsync(ObjectWindow window, StoredObject stored, CancellationToken cancel)
    {
        int count = (int)Math.Min(TailBytes, stored.SizeBytes);
        if (count < MarkBytes + EndBytes)
        {
            throw new InvalidDataException($"It has {stored.SizeBytes} bytes.");
        }

        long tailStart = stored.SizeBytes - count;
        byte[] tail = await window.LoadAsync(tailStart, count, cancel).ConfigureAwait(false);
        if (!tail.AsSpan(^MarkBytes..).SequenceEqual("PAR1"u8))
        {
            throw new InvalidDataException("It does not end as a Parquet file does.");
        }

        int footerBytes = BinaryPrimitives.ReadInt32LittleEndian(tail.AsSpan(^EndBytes..));
        long footerStart = stored.SizeBytes - EndBytes - footerBytes;
        if (footerBytes <= 0 || footerStart < MarkBytes)
        {
            throw new InvalidDataException("Its footer does not fit into it.");
        }

        byte[] rest = footerStart < tailStart ? await window.LoadAsync(footerStart, (int)(tailStart - footerStart), cancel).ConfigureAwait(false) : [];
        FooterForm.Check([.. rest, .. tail.AsSpan((int)Math.Max(footerStart - tailStart, 0)..^EndBytes)]);
        if (tailStart > 0)
        {
            // The mark at the head is the same as at the end: not worth a request of its own.
            window.Put(0, tail[^MarkBytes..]);
        }
    }

    private async Task<string?[]> ReadAsync(ParquetRowGroupReader group, DataField field, CancellationToken cancel) =>
        await ReadAsync(group, field, isUtc => ColumnTexts.ReadAsync(group, field, isUtc, cancel), texts => texts.Length, cancel).ConfigureAwait(false);

    private async Task<T> ReadAsync<T>(ParquetRowGroupReader group, DataField field, Func<bool, Task<T>> read, Func<T, int> count, CancellationToken cancel)
    {
        ColumnMetaData chunk = FindChunk(group.RowGroup, field.Name) ?? throw new InvalidDataException($"It has a row group without {field.Name}.");
        long start = chunk.DictionaryPageOffset is > 0 and { } dictionary ? Math.Min(dictionary, chunk.DataPageOffset) : chunk.DataPageOffset;
        if (start < MarkBytes || chunk.TotalCompressedSize <= 0 || chunk.TotalCompressedSize > Math.Min(int.MaxValue, _stored.SizeBytes - start))
        {
            throw new InvalidDataException($"Its column {field.Name} does not fit into it.");
        }

        await _window.LoadAsync(start, (int)chunk.TotalCompressedSize, cancel).ConfigureAwait(false);
        bool isUtc = FindElement(field.Name) is { } element && ColumnTexts.IsUtc(element);
        T values = await read(isUtc).ConfigureAwait(false);
        _window.Forget();
        return count(values) == group.RowCount
            ? values
            : throw new InvalidDataException($"Its column {field.Name} has {count(values)} of {group.RowCount} values.");
    }

    private DataField? FindField(string name) => _reader.Schema.Fields.OfType<DataField>().FirstOrDefault(f => f.Name == name && !f.IsArray);

    private DataField FieldOf(string name) => FindField(name)
        ?? throw new AcodeException("LakeColumnMissing", FailureClass.NotFound,
            $"The object '{_stored.Key}' of bucket '{_store.Definition.Bucket}' has no column {name}.")
        {
            Advice = "Check the table's columns in the environment file against the connection's streams.",
            Subject = _stored,
        };

    private static async Task<T> GuardAsync<T>(IObjectStore store, StoredObject stored, Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (AcodeException or OperationCanceledException))
        {
            throw Unreadable(store, stored, e is InvalidDataException ? e.Message : $"Parquet.Net gives up on it ({e.GetType().Name}).", e);
        }
    }

    private static AcodeException Unreadable(IObjectStore store, StoredObject stored, string why, Exception? cause) => new(
        "LakeFileUnreadable", FailureClass.Protocol, $"The object '{stored.Key}' of bucket '{store.Definition.Bucket}' is no Parquet file, or a damaged one. {why}", cause)
    {
        Advice = "Move it to quarantine with Move-AcodeData, and sync again.",
        Subject = stored,
    };
}
