using AcodeOps.Audit;

namespace AcodeOps.Adapters.Files;

internal sealed class AuditSpoolFolder(AcodeEnvironment environment) : IAuditSpool
{
    private readonly AcodeEnvironment _environment = environment;
    public Task KeepAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancel) => throw new NotImplementedException(_environment.Name);
    public IAsyncEnumerable<string> ListAsync(CancellationToken cancel) => throw new NotImplementedException();
    public Task<byte[]?> ReadAsync(string key, CancellationToken cancel) => throw new NotImplementedException();
    public Task ReleaseAsync(string key, CancellationToken cancel) => throw new NotImplementedException();
}
