namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>What one attempt did for one stream: emitted = read from the source, committed = landed in S3 with its state saved.</summary>
internal sealed record StreamProgress(string Name, string? Namespace, long RowsEmitted, long BytesEmitted, long RowsCommitted, long BytesCommitted);
