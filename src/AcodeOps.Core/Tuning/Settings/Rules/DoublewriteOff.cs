namespace AcodeOps.Tuning.Settings.Rules;

/// <summary>Without the doublewrite buffer a page that was half written when the power failed is lost.</summary>
internal sealed class DoublewriteOff : SettingRule
{
    private const string Variable = "innodb_doublewrite";

    /// <inheritdoc />
    public override string Id => "DoublewriteOff";

    /// <inheritdoc />
    public override FindingSeverity Severity => FindingSeverity.Error;

    /// <inheritdoc />
    public override SettingChange? Judge(ServerSettings server) => server.IsOn(Variable) != false ? null : Change(
        server, Variable, "ON", "A page that is half written when the machine dies cannot be repaired.", $"{Variable} is off.", "Pages survive a crash.", "A little more is written.");
}
