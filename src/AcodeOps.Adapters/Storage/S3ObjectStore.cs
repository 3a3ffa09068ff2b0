using AcodeOps.Adapters.Aws;

namespace AcodeOps.Adapters.Storage;

internal sealed class S3ObjectStore(StorageDefinition definition, AwsAccount account) : IObjectStore
{
    private readonly AwsAccount _account = account;
    public StorageDefinition Definition { get; } = definition;
    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? startAfter = null, CancellationToken cancel = default) => throw new NotImplementedException(_account.Definition.Region);
    public IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default) => throw new NotImplementedException();
    public Task<string> PutAsync(string key, ReadOnlyMemory<byte> content, PutOptions options, CancellationToken cancel) => throw new NotImplementedException();
    public Task<ObjectContent?> GetAsync(string key, CancellationToken cancel) => throw new NotImplementedException();
    public Task DeleteAsync(string key, CancellationToken cancel) => throw new NotImplementedException();
    public Task<BucketTraits> ReadTraitsAsync(CancellationToken cancel) => throw new NotImplementedException();
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
