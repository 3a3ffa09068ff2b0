namespace AcodeOps.Tuning.Settings.Rules;

/// <summary>Many temporary tables of statements end on the disk.</summary>
internal sealed class TemporaryTablesOnDisk() : TemporaryTableRule("tmp_table_size")
{
    /// <inheritdoc />
    public override string Id => "TemporaryTablesOnDisk";
}
