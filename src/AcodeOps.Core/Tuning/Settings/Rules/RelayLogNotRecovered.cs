namespace AcodeOps.Tuning.Settings.Rules;

/// <summary>After a crash, a relay log that was half written stops replication.</summary>
internal sealed class RelayLogNotRecovered : SettingRule
{
    /// <inheritdoc />
    public override string Id => "RelayLogNotRecovered";

    /// <inheritdoc />
    public override SettingChange? Judge(ServerSettings server) => !server.IsReplica || server.IsOn("relay_log_recovery") != false ? null : Change(
        server, "relay_log_recovery", "ON", "When the replica's machine dies, replication may not go on by itself.", "It replicates, and relay_log_recovery is off.",
        "What was half received is asked for again.");
}
