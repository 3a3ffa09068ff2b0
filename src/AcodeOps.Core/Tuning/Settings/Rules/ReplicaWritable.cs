namespace AcodeOps.Tuning.Settings.Rules;

/// <summary>A row that somebody writes to the replica by mistake makes it differ for good, and a failover keeps it.</summary>
internal sealed class ReplicaWritable : SettingRule
{
    /// <inheritdoc />
    public override string Id => "ReplicaWritable";

    /// <inheritdoc />
    public override FindingSeverity Severity => FindingSeverity.Error;

    /// <inheritdoc />
    public override SettingChange? Judge(ServerSettings server)
    {
        string variable = server.Text("super_read_only") is not null ? "super_read_only" : "read_only";
        return !server.IsReplica || server.IsOn(variable) != false ? null : Change(
            server, variable, "ON", "Accounts can write to the replica.", $"It replicates, and {variable} is off.", "Only replication writes there.", "Rotating its password needs Invoke-AcodeCredentialRotation -LiftSuperReadOnly.");
    }
}
