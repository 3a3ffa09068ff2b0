using System.Runtime.CompilerServices;

namespace AcodeOps.Adapters.Lake;

/// <summary>Reads the lake's objects with Parquet.Net. Safe for concurrent use.</summary>
internal sealed class ParquetLakeReader : ILakeReader
{
    /// <inheritdoc />
    public async Task<LakeFile> ReadFooterAsync(IObjectStore store, StoredObject stored, IReadOnlyCollection<string> columns, CancellationToken cancel)
    {
        ParquetObject file = await ParquetObject.OpenAsync(store, stored, cancel).ConfigureAwait(false);
        await using (file.ConfigureAwait(false))
        {
            return await file.DescribeAsync(columns).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<LakeRow> ReadRowsAsync(
        IObjectStore store, StoredObject stored, string keyColumn, string? cursorColumn, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        ParquetObject file = await ParquetObject.OpenAsync(store, stored, cancel).ConfigureAwait(false);
        await using (file.ConfigureAwait(false))
        {
            for (int group = 0; group < file.Groups; group++)
            {
                foreach (LakeRow row in await file.ReadGroupAsync(group, keyColumn, cursorColumn, cancel).ConfigureAwait(false))
                {
                    yield return row;
                }
            }
        }
    }

    /// <inheritdoc />
    public IAsyncEnumerable<IReadOnlyList<string?[]>> ReadColumnsAsync(
        IObjectStore store, StoredObject stored, IReadOnlyList<string> columns, CancellationToken cancel = default) =>
        ReadGroupsAsync(store, stored, null, (file, group) => file.ReadColumnsAsync(group, columns, cancel), cancel);

    /// <inheritdoc />
    public IAsyncEnumerable<IReadOnlyList<string?[]>> ReadColumnsAsync(
        IObjectStore store, StoredObject stored, IReadOnlyList<string> columns, IReadOnlyCollection<int> groups, CancellationToken cancel = default) =>
        ReadGroupsAsync(store, stored, groups, (file, group) => file.ReadColumnsAsync(group, columns, cancel), cancel);

    /// <inheritdoc />
    public IAsyncEnumerable<LakeFingerprints> ReadFingerprintsAsync(
        IObjectStore store, StoredObject stored, IReadOnlyCollection<int> groups, string keyColumn, string? cursorColumn, IReadOnlyList<RowColumn> columns,
        CancellationToken cancel = default) =>
        ReadGroupsAsync(store, stored, groups, (file, group) => RowFingerprints.ReadAsync(file, group, keyColumn, cursorColumn, columns, cancel), cancel);

    private static async IAsyncEnumerable<T> ReadGroupsAsync<T>(
        IObjectStore store, StoredObject stored, IReadOnlyCollection<int>? groups, Func<ParquetObject, int, Task<T>> read, [EnumeratorCancellation] CancellationToken cancel)
    {
        ParquetObject file = await ParquetObject.OpenAsync(store, stored, cancel).ConfigureAwait(false);
        await using (file.ConfigureAwait(false))
        {
            for (int group = 0; group < file.Groups; group++)
            {
                if (groups is null || groups.Contains(group))
                {
                    yield return await read(file, group).ConfigureAwait(false);
                }
            }
        }
    }
}
