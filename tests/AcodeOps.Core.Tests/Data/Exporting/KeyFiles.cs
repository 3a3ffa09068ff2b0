using System.Text;

namespace AcodeOps.Core.Tests.Data.Exporting;

/// <summary>Files that hold the keys of their rows, one a line, in place of Parquet.</summary>
internal sealed class KeyFiles : ILakeReader, ILakeWriter
{
    /// <summary>The most rows that a file had.</summary>
    public int MostRows { get; private set; }

    public static string[] KeysIn(ReadOnlyMemory<byte> file) => Encoding.UTF8.GetString(file.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public Task<ReadOnlyMemory<byte>> WriteAsync(IReadOnlyList<RowColumn> columns, IReadOnlyList<object?[]> rows, CancellationToken cancel)
    {
        MostRows = Math.Max(MostRows, rows.Count);
        return Task.FromResult<ReadOnlyMemory<byte>>(Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(row => $"{row[0]}"))));
    }

    public async Task<LakeFile> ReadFooterAsync(IObjectStore store, StoredObject stored, IReadOnlyCollection<string> columns, CancellationToken cancel) =>
        new(stored.Key, KeysIn((await store.GetAsync(stored.Key, cancel))!.Content).Length);

    public IAsyncEnumerable<IReadOnlyList<string?[]>> ReadColumnsAsync(IObjectStore store, StoredObject stored, IReadOnlyList<string> columns, CancellationToken cancel = default) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<LakeRow> ReadRowsAsync(IObjectStore store, StoredObject stored, string keyColumn, string? cursorColumn, CancellationToken cancel = default) =>
        throw new InvalidOperationException("No row is to be read.");
}
