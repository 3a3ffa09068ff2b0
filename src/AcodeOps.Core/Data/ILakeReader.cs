namespace AcodeOps;

/// <summary>Reads the lake's Parquet objects, a range of bytes at a time.</summary>
public interface ILakeReader
{
    /// <summary>Reads an object's footer.</summary>
    /// <param name="store">The storage.</param>
    /// <param name="stored">The object, as a listing showed it.</param>
    /// <param name="columns">The columns whose ranges are wanted.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>LakeFileUnreadable</c> (Protocol): it is no Parquet file, or a damaged one; or the storage's failure.</exception>
    Task<LakeFile> ReadFooterAsync(IObjectStore store, StoredObject stored, IReadOnlyCollection<string> columns, CancellationToken cancel);

    /// <summary>Reads two columns of an object, row group by row group.</summary>
    IAsyncEnumerable<LakeRow> ReadRowsAsync(IObjectStore store, StoredObject stored, string keyColumn, string? cursorColumn, CancellationToken cancel = default);

    /// <summary>Reads columns of an object, row group by row group: of each column its values as Airbyte's states write them, null for NULL. A column that the object does not have is NULL in all rows.</summary>
    /// <exception cref="AcodeException"><c>LakeFileUnreadable</c>, or the storage's failure.</exception>
    IAsyncEnumerable<IReadOnlyList<string?[]>> ReadColumnsAsync(IObjectStore store, StoredObject stored, IReadOnlyList<string> columns, CancellationToken cancel = default);

    /// <summary>Reads columns of some row groups, as <see cref="ReadColumnsAsync(IObjectStore, StoredObject, IReadOnlyList{string}, CancellationToken)"/> does of all.</summary>
    /// <exception cref="AcodeException"><c>LakeFileUnreadable</c>, or the storage's failure.</exception>
    IAsyncEnumerable<IReadOnlyList<string?[]>> ReadColumnsAsync(
        IObjectStore store, StoredObject stored, IReadOnlyList<string> columns, IReadOnlyCollection<int> groups, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>Reads the checksums of the rows of some row groups.</summary>
    /// <param name="store">The storage.</param>
    /// <param name="stored">The object.</param>
    /// <param name="groups">The row groups, by their numbers from 0.</param>
    /// <param name="keyColumn">The key: a whole number.</param>
    /// <param name="cursorColumn">The cursor; null where it is not wanted.</param>
    /// <param name="columns">The columns besides the key that the checksums are of, as the source has them.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>LakeFileUnreadable</c>, <c>LakeColumnMissing</c>, or the storage's failure.</exception>
    IAsyncEnumerable<LakeFingerprints> ReadFingerprintsAsync(
        IObjectStore store, StoredObject stored, IReadOnlyCollection<int> groups, string keyColumn, string? cursorColumn, IReadOnlyList<RowColumn> columns,
        CancellationToken cancel = default) => throw new NotSupportedException();
}
