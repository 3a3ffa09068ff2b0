namespace AcodeOps.Core.Tests.Recovery.Corruption;

/// <summary>A lake whose footers a test makes up; an object without one is damaged.</summary>
internal sealed class ToldLake : ILakeReader
{
    public Dictionary<string, LakeFile?> Files { get; } = [];

    public Task<LakeFile> ReadFooterAsync(IObjectStore store, StoredObject stored, IReadOnlyCollection<string> columns, CancellationToken cancel) =>
        Files.GetValueOrDefault(stored.Key) is { } file ? Task.FromResult(file) : throw new AcodeException("LakeFileUnreadable", FailureClass.Protocol, "It is damaged.");

    public IAsyncEnumerable<IReadOnlyList<string?[]>> ReadColumnsAsync(IObjectStore store, StoredObject stored, IReadOnlyList<string> columns, CancellationToken cancel = default) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<LakeRow> ReadRowsAsync(IObjectStore store, StoredObject stored, string keyColumn, string? cursorColumn, CancellationToken cancel = default) =>
        throw new NotSupportedException();
}
