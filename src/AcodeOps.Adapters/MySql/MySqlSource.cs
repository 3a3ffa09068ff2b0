using AcodeOps.Secrets;

namespace AcodeOps.Adapters.MySql;

internal sealed class MySqlSource(SourceDefinition definition, AcodeEnvironment environment, ICredentialStore credentials, TimeProvider clock) : ISource
{
    public SourceDefinition Definition { get; } = definition;
    public Task<SourceServer> ProbeAsync(CancellationToken cancel) => throw new NotImplementedException($"{environment}{credentials}{clock}");
    public Task<IReadOnlyList<ReplicationStatus>> ReadReplicationAsync(CancellationToken cancel) => throw new NotImplementedException();
    public Task<IReadOnlyList<TableSchema>> ReadSchemaAsync(IReadOnlyCollection<string> tables, CancellationToken cancel) => throw new NotImplementedException();
    public Task<TableWatermark> ReadWatermarkAsync(TableDefinition table, CancellationToken cancel) => throw new NotImplementedException();
    public Task<TableVolume> ReadVolumeAsync(TableDefinition table, DateOnly from, DateOnly to, CancellationToken cancel) => throw new NotImplementedException();
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
