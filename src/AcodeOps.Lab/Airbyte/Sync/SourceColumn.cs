namespace AcodeOps.Lab.Airbyte.Sync;

/// <summary>A column as discovery sees it.</summary>
/// <remarks>
/// DataType: information_schema's DATA_TYPE, such as bigint.
/// ColumnType: information_schema's COLUMN_TYPE, such as tinyint(1).
/// </remarks>
internal sealed record SourceColumn(string Name, string DataType, string ColumnType);
