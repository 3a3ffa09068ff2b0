namespace AcodeOps.Adapters.Tests.Exporting;

/// <summary>An installation that measures what is in memory each time that a file is to be made.</summary>
internal sealed class MeasuredInstallation(IInstallation real) : DelegatingInstallation(real), ILakeWriter
{
    /// <summary>The bytes that were in use.</summary>
    public List<long> Seen { get; } = [];

    public override ILakeWriter LakeWriter => this;

    public Task<ReadOnlyMemory<byte>> WriteAsync(IReadOnlyList<RowColumn> columns, IReadOnlyList<object?[]> rows, CancellationToken cancel)
    {
        Seen.Add(GC.GetTotalMemory(forceFullCollection: true));
        return base.LakeWriter.WriteAsync(columns, rows, cancel);
    }
}
