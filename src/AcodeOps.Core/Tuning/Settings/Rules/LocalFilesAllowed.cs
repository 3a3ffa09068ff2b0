namespace AcodeOps.Tuning.Settings.Rules;

/// <summary>LOAD DATA LOCAL lets a server ask a client for the client's own files.</summary>
internal sealed class LocalFilesAllowed : SettingRule
{
    /// <inheritdoc />
    public override string Id => "LocalFilesAllowed";

    /// <inheritdoc />
    public override SettingChange? Judge(ServerSettings server) => server.IsOn("local_infile") != true ? null : Change(
        server, "local_infile", "OFF", "Clients can be asked for files of their own machines.", "local_infile is on.", "LOAD DATA LOCAL is refused.", "Whoever loads files so must do it another way.");
}
