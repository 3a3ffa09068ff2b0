namespace AcodeOps.Tuning.Settings.Rules;

/// <summary>A binary log that is not on the disk with its commits leaves replicas out of step when the machine dies.</summary>
internal sealed class BinlogNotSynced : SettingRule
{
    private const string Variable = "sync_binlog";

    /// <inheritdoc />
    public override string Id => "BinlogNotSynced";

    /// <inheritdoc />
    public override FindingSeverity Severity => FindingSeverity.Error;

    /// <inheritdoc />
    public override SettingChange? Judge(ServerSettings server) => server.IsReplica || server.IsOn("log_bin") != true || server.Text(Variable) is null or "1" ? null : Change(
        server, Variable, "1", "The binary log is not written to the disk with each commit: when the machine dies, replicas and the primary differ.",
        $"log_bin is on, {Variable} is {server.Text(Variable)}.", "Replicas never miss a commit.", "Commits wait for the disk.");
}
