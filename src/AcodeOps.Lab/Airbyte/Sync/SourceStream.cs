namespace AcodeOps.Lab.Airbyte.Sync;

/// <summary>A table as discovery sees it.</summary>
internal sealed record SourceStream(string Name, string Namespace, IReadOnlyList<SourceColumn> Columns, IReadOnlyList<string> PrimaryKey);
