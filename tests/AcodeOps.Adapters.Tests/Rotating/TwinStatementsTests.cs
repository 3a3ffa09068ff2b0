using AcodeOps.Adapters.MySql;
using AcodeOps.Secrets;
using AcodeOps.Secrets.Rotating;

namespace AcodeOps.Adapters.Tests.Rotating;

/// <summary>Rights as servers of all ages tell them, for another account; and literals that nothing gets out of.</summary>
public sealed class TwinStatementsTests
{
    private static readonly AccountName From = new("rea`d'er", "10.%"), To = new("rea`d'er_b", "10.%");

    [Theory]
    [InlineData("GRANT USAGE ON *.* TO `rea``d'er`@`10.%`", "GRANT USAGE ON *.* TO 'rea`d''er_b'@'10.%'")]
    [InlineData("GRANT SELECT (`a`, `b`) ON `d`.`t` TO `rea``d'er`@`10.%` WITH GRANT OPTION", "GRANT SELECT (`a`, `b`) ON `d`.`t` TO 'rea`d''er_b'@'10.%' WITH GRANT OPTION")]
    [InlineData("GRANT USAGE ON *.* TO `rea``d'er`@`10.%` IDENTIFIED BY PASSWORD '*94BDCEBE' REQUIRE SSL WITH MAX_USER_CONNECTIONS 3", "GRANT USAGE ON *.* TO 'rea`d''er_b'@'10.%'")]
    [InlineData("GRANT `a`@`%`,`b`@`%` TO `rea``d'er`@`10.%` WITH ADMIN OPTION", "GRANT `a`@`%`,`b`@`%` TO 'rea`d''er_b'@'10.%' WITH ADMIN OPTION")]
    [InlineData("GRANT SELECT ON `x`.* TO 'rea`d''er'@'10.%'", "GRANT SELECT ON `x`.* TO 'rea`d''er_b'@'10.%'")]
    [InlineData("REVOKE INSERT ON `d`.* FROM `rea``d'er`@`10.%`", "REVOKE INSERT ON `d`.* FROM 'rea`d''er_b'@'10.%'")]
    [InlineData("SET DEFAULT ROLE `r` FOR `rea``d'er`@`10.%`", "SET DEFAULT ROLE `r` FOR 'rea`d''er_b'@'10.%'")]
    [InlineData("GRANT SELECT ON `d`.* TO `other`@`10.%`", null)]
    public void A_right_is_rewritten_for_the_twin(string grant, string? expected) => Assert.Equal(expected, TwinStatements.Rewritten(grant, From, To));

    [Fact]
    public void The_native_form_is_the_one_that_the_servers_know() =>
        Assert.Equal("*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19", AccountStatements.NativeForm(new SecretText("password")));

    [Fact]
    public void A_literal_holds_what_it_is_given()
    {
        Assert.Equal("'a''b\\\\c'", AccountStatements.Text("a'b\\c"));
        Assert.Equal("ALTER USER IF EXISTS 'u'@'%' IDENTIFIED BY 'x''; DROP USER u' RETAIN CURRENT PASSWORD", AccountStatements.Add(new AccountName("u", "%"), new SecretText("x'; DROP USER u")));
    }
}
