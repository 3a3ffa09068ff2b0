using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Adapters.Tests.MySql;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Secrets;
using AcodeOps.Secrets.Rotating;
using MySqlConnector;

namespace AcodeOps.Adapters.Tests.Rotating;

/// <summary>A partner's server is asked nothing but questions, by its own general log; and on an own server the log shows no password.</summary>
[Collection(AskedStatements.Collection)]
public sealed class PartnerRotatingTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_partner_is_asked_and_what_he_hands_over_is_taken_over()
    {
        await using RotatingSite site = await RotatingSite.StartAsync(labs, DatabaseFlavor.MySql, SourceRole.Primary, source => source with { IsPartners = true });
        string first = (await site.DescribeAsync()).CurrentVersionId!;
        await site.Server.ExecuteAsync("SET GLOBAL log_output='TABLE'; SET GLOBAL general_log=ON", Cancel);

        RunbookRun asked = await site.RotateAsync();
        FailoverSite.AssertStatus(RunbookStatus.Escalated, asked);
        Assert.Equal("RotationRequested", asked.ErrorId);
        string request = Assert.IsType<RotationResult>(asked.Result).Request!;
        Assert.Contains("RETAIN CURRENT PASSWORD", request, StringComparison.Ordinal);
        Assert.Contains("Pedido: nova senha", request, StringComparison.Ordinal);
        Assert.Contains(site.User, request, StringComparison.Ordinal);

        // What was handed over is tried before anything is kept of it.
        RotationRequest Handed(string password) => new() { Source = SourceRole.Primary, UserName = site.User, Password = new SecretText(password) };
        RunbookRun wrong = await site.RotateAsync(Handed("Not-the-one.3"));
        FailoverSite.AssertStatus(RunbookStatus.Undone, wrong);
        Assert.Equal("RotationRefused", wrong.ErrorId);
        Assert.Null((await site.DescribeAsync()).PendingVersionId);

        DatabaseLogin partners = DatabaseLogin.WithNewPassword(site.User);
        await site.Server.ExecuteAsync($"SET SESSION sql_log_bin=0; ALTER USER '{site.User}'@'127.0.0.1' IDENTIFIED BY '{partners.Password}' RETAIN CURRENT PASSWORD", Cancel);
        RunbookRun accepted = await site.RotateAsync(Handed(partners.Password));
        FailoverSite.AssertStatus(RunbookStatus.Completed, accepted);
        Assert.Equal(partners.Password, (await site.SecretAsync()).Password.Reveal());
        Assert.NotEmpty(Assert.IsType<RotationResult>(accepted.Result).ProvenBy);
        await site.AssertSettledAsync("handed over");

        // The partner drops the former one, and everything goes on.
        await site.Server.ExecuteAsync($"SET SESSION sql_log_bin=0; ALTER USER '{site.User}'@'127.0.0.1' DISCARD OLD PASSWORD", Cancel);
        await site.AssertSettledAsync("dropped", first);
        IReadOnlyList<string> said = await EndLogAsync(site, site.User);
        Assert.NotEmpty(said);
        Assert.All(said, statement => Assert.Matches("^(SELECT|SET |SHOW |START TRANSACTION|ROLLBACK|COMMIT|select |/\\*)", statement));
        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(
            async () => await site.Installation.Accounts(SourceRole.Primary).LockAsync(new AccountActor(await site.SecretAsync(), false, false), new AccountName(site.User, "127.0.0.1"), true, Cancel));
        Assert.Equal("SourceIsPartners", refused.Id);
        await Assert.ThrowsAsync<AcodeException>(() => site.PlanAsync(new RotationRequest { Source = SourceRole.Primary, Mode = RotationMode.DualPassword }));
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task No_log_of_the_server_shows_a_password(DatabaseFlavor flavor)
    {
        await using RotatingSite site = await RotatingSite.StartAsync(labs, flavor, SourceRole.Primary);
        string first = (await site.DescribeAsync()).CurrentVersionId!;
        await site.Server.ExecuteAsync("SET GLOBAL log_output='TABLE'; SET GLOBAL general_log=ON", Cancel);
        FailoverSite.AssertStatus(RunbookStatus.Completed, await site.RotateAsync());
        FailoverSite.AssertStatus(RunbookStatus.Completed, await site.RotateAsync(new RotationRequest { Source = SourceRole.Primary, Mode = RotationMode.AlternatingUser }));
        string[] passwords = [(await site.SecretAsync()).Password.Reveal(), (await site.SecretAsync((await site.DescribeAsync()).PreviousVersionId)).Password.Reveal(), (await site.SecretAsync(first)).Password.Reveal()];
        IReadOnlyList<string> said = await EndLogAsync(site, "");
        Assert.Contains(said, statement => statement.Contains(flavor == DatabaseFlavor.MySql ? "DISCARD OLD PASSWORD" : "GET_LOCK", StringComparison.Ordinal));
        Assert.All(said, statement => Assert.DoesNotContain(passwords, password => statement.Contains(password, StringComparison.Ordinal)));
    }

    private static async Task<IReadOnlyList<string>> EndLogAsync(RotatingSite site, string user)
    {
        await site.Server.ExecuteAsync("SET GLOBAL general_log=OFF", Cancel);
        await using MySqlConnection admin = await site.Server.OpenAsync(Cancel);
        await using MySqlCommand command = new($"SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log WHERE user_host LIKE '{user}%' AND command_type = 'Query'", admin);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(Cancel);
        List<string> said = [];
        while (await reader.ReadAsync(Cancel))
        {
            said.Add(reader.GetString(0));
        }

        return said;
    }
}
