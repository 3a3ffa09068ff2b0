using AcodeOps.Access;

namespace AcodeOps.Core.Tests.Access;

public sealed class SourceAccessTests
{
    private static readonly SourceDefinition Own = new() { Role = SourceRole.Backup, Host = "db", Credential = new CredentialReference(CredentialHolder.EnvironmentVariable, "X") };

    [Theory]
    [InlineData("GRANT USAGE ON *.* TO `r`@`%` IDENTIFIED BY PASSWORD '*0123'", "USAGE", "*.*", false)]
    [InlineData("GRANT SELECT (`a`, `b`), INSERT ON `x, ON y`.`t` TO `r`@`%`", "SELECT|INSERT", "`x, ON y`.`t`", false)]
    [InlineData("GRANT ALL PRIVILEGES ON `db`.* TO `r`@`%` WITH GRANT OPTION", "ALL PRIVILEGES", "`db`.*", true)]
    [InlineData("GRANT `reader`@`%`,`watcher`@`%` TO `r`@`%`", "`reader`@`%`|`watcher`@`%`", null, false)]
    public void A_line_is_read(string line, string privileges, string? scope, bool mayPassOn)
    {
        GrantStatement read = GrantStatement.TryParse(line)!;
        Assert.Equal((privileges, scope, mayPassOn), (string.Join('|', read.Privileges), read.Scope, read.MayPassOn));
    }

    [Theory]
    [InlineData("REVOKE INSERT ON `db`.* FROM `r`@`%`")]
    [InlineData("SET DEFAULT ROLE `reader` FOR `r`@`%`")]
    [InlineData("")]
    public void What_gives_nothing_is_passed_over(string line) => Assert.Null(GrantStatement.TryParse(line));

    [Theory]
    [InlineData("GRANT SELECT ON `acode\\_sales`.* TO `r`@`%`|GRANT REPLICATION CLIENT ON *.* TO `r`@`%`", "")]
    [InlineData("GRANT SELECT ON `acode_%`.* TO `r`@`%`|GRANT SLAVE MONITOR ON *.* TO `r`@`%`", "")]
    [InlineData("GRANT SELECT ON `acode_sales`.* TO `r`@`%`", "AccessMissing")]
    [InlineData("GRANT SELECT ON `acodeXsales\\_`.* TO `r`@`%`|GRANT REPLICATION CLIENT ON *.* TO `r`@`%`", "AccessMissing")]
    [InlineData("GRANT SELECT ON `acode_sales`.`one` TO `r`@`%`|GRANT REPLICATION CLIENT ON *.* TO `r`@`%`", "AccessMissing")]
    [InlineData("GRANT SELECT, INSERT ON *.* TO `r`@`%`|GRANT REPLICATION CLIENT ON *.* TO `r`@`%`", "SourceNotReadOnly")]
    [InlineData("GRANT SELECT, REPLICATION CLIENT ON *.* TO `r`@`%`|GRANT PROCESS, SYSTEM_VARIABLES_ADMIN ON *.* TO `r`@`%`", "SourceNotReadOnly")]
    [InlineData("GRANT SELECT, REPLICATION CLIENT ON *.* TO `r`@`%` WITH GRANT OPTION", "SourceGrantOption")]
    public void An_account_is_to_read_what_is_needed_and_nothing_else(string lines, string rules)
    {
        GrantStatement[] grants = [.. lines.Split('|').Select(GrantStatement.TryParse).OfType<GrantStatement>()];
        IEnumerable<Finding> found = SourceAccess.Judge(Own, "acode_sales", grants, [SourcePrivilege.ReadTables, SourcePrivilege.ReadReplication]);
        Assert.Equal(rules, string.Join('|', found.Select(finding => finding.Rule)));
    }
}
