namespace AcodeOps.Tuning.Settings.Rules;

/// <summary>With another value than 1, the last second of commits is lost when the machine dies. It is never proposed to lower it, fast as that would be.</summary>
internal sealed class CommitNotFlushed : SettingRule
{
    private const string Variable = "innodb_flush_log_at_trx_commit";

    /// <inheritdoc />
    public override string Id => "CommitNotFlushed";

    /// <inheritdoc />
    public override FindingSeverity Severity => FindingSeverity.Error;

    // A replica gets again from its source what it lost.
    /// <inheritdoc />
    public override SettingChange? Judge(ServerSettings server) => server.IsReplica || server.Text(Variable) is null or "1" ? null : Change(
        server, Variable, "1", "Commits are not on the disk when they are acknowledged: about a second of them is lost when the machine dies, and replicas may then have rows that the primary lost.",
        $"{Variable} is {server.Text(Variable)}.", "Each commit is kept.", "Commits wait for the disk.");
}
