using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Adapters.Tests.MySql;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Secrets;
using AcodeOps.Tuning.Settings;

namespace AcodeOps.Adapters.Tests.Tuning;

/// <summary>Advice on real servers: each statement that is proposed is accepted there, and is not proposed again.</summary>
public sealed class ServerSettingTests(LabFixture lab)
{
    // Set badly on purpose; each is set back by the advice or at the end.
    private static readonly (string Variable, string Bad, string Good)[] Common =
    [
        ("innodb_flush_log_at_trx_commit", "2", "1"), ("sync_binlog", "0", "1"), ("slow_query_log", "OFF", "ON"), ("long_query_time", "10", "10"), ("local_infile", "ON", "OFF"),
        ("innodb_stats_on_metadata", "ON", "OFF"), ("binlog_expire_logs_seconds", "0", "604800"), ("tmp_table_size", "1048576", "16777216"), ("max_heap_table_size", "1048576", "16777216"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Every_statement_is_accepted_and_the_advice_converges(DatabaseFlavor flavor)
    {
        DatabaseServer server = (await lab.PairAsync(flavor)).Primary;
        await using MySqlSource source = SourceUnderTest.Open(server);
        (string Variable, string Bad, string Good)[] settings = flavor == DatabaseFlavor.MySql ? Common : [.. Common, ("query_cache_size", "1048576", "0"), ("query_cache_type", "ON", "OFF")];
        try
        {
            foreach ((string variable, string bad, _) in settings)
            {
                await server.ExecuteAsync($"SET GLOBAL {variable} = {bad}", Cancel);
            }

            ServerSettings before = await source.Statistics.ReadSettingsAsync(Cancel);
            IReadOnlyList<SettingChange> changes = SettingAdvisor.Judge(before);
            TestContext.Current.SendDiagnosticMessage(string.Join('\n', changes.Select(change => $"{before.Version}: {change.Rule} {change} {change.Effect} {SettingStatements.Statement(change, before.Version)} {SettingStatements.Line(change, before.Version)}")));
            Assert.Superset(
                new HashSet<string> { "CommitNotFlushed", "BinlogNotSynced", "SlowLogOff", "SlowLogCoarse", "LocalFilesAllowed", "StatisticsOnMetadata", "BinlogKeptForever" },
                changes.Select(change => change.Rule).ToHashSet());
            foreach (SettingChange change in changes)
            {
                if (SettingStatements.Statement(change, before.Version) is { } statement)
                {
                    await server.ExecuteAsync(statement, Cancel);
                }
                else
                {
                    // What only the file can change, a statement must not be able to.
                    Assert.Equal(SettingEffect.Restart, change.Effect);
                    await Assert.ThrowsAsync<MySqlConnector.MySqlException>(() => server.ExecuteAsync($"SET GLOBAL {change.Variable} = {change.Proposed}", Cancel));
                }
            }

            // What waits for a restart is proposed until then.
            HashSet<string> waiting = [.. changes.Where(change => change.Effect == SettingEffect.Restart).Select(change => change.Rule)];
            IReadOnlyList<SettingChange> again = SettingAdvisor.Judge(await source.Statistics.ReadSettingsAsync(Cancel));
            Assert.DoesNotContain(again, change => !waiting.Contains(change.Rule));
        }
        finally
        {
            foreach ((string variable, _, string good) in settings.Reverse())
            {
                await server.ExecuteAsync($"SET GLOBAL {variable} = {good}", CancellationToken.None);
            }

            if (flavor == DatabaseFlavor.MySql)
            {
                await server.ExecuteAsync("RESET PERSIST", CancellationToken.None);
            }
        }
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Each_setting_of_the_catalogue_is_dynamic_just_where_it_says_so(DatabaseFlavor flavor)
    {
        DatabaseServer server = (await lab.PairAsync(flavor)).Primary;
        await using MySqlSource source = SourceUnderTest.Open(server);
        ServerSettings settings = await source.Statistics.ReadSettingsAsync(Cancel);
        int tried = 0;
        foreach (string name in SettingCatalog.Names.Where(name => settings.Text(name) is not null && !SettingCatalog.IsFileOnly(name)))
        {
            string value = settings.Whole(name) is not null ? settings.Text(name)! : $"'{settings.Text(name)}'";
            Exception? refusal = await Record.ExceptionAsync(() => server.ExecuteAsync($"SET GLOBAL {name} = {value}", Cancel));
            Assert.True((refusal is null) == (SettingCatalog.EffectOf(name, settings.Version) == SettingEffect.Now), $"{settings.Version} {name} = {value}: {refusal?.Message}");
            tried++;
        }

        Assert.InRange(tried, 15, 40);
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task An_administrator_sets_it_and_it_is_read_back_and_nobody_else_may(DatabaseFlavor flavor)
    {
        DatabaseServer server = (await lab.PairAsync(flavor)).Primary;
        string right = flavor == DatabaseFlavor.MySql ? "SYSTEM_VARIABLES_ADMIN" : "SUPER";
        string password = Guid.NewGuid().ToString("N");
        foreach (string user in new[] { "u_setter", "u_looker" })
        {
            await server.ExecuteAsync($"CREATE USER '{user}'@'127.0.0.1' IDENTIFIED BY '{password}'", Cancel);
        }

        await server.ExecuteAsync($"GRANT {right} ON *.* TO 'u_setter'@'127.0.0.1'", Cancel);
        MySqlAdministration administration = new(SourceUnderTest.Definition(server));
        string statement = flavor == DatabaseFlavor.MySql ? "SET PERSIST long_query_time = 3" : "SET GLOBAL long_query_time = 3";
        try
        {
            Assert.Equal("3.000000", await administration.SetAsync(Login("u_setter"), "long_query_time", statement, Cancel));
            AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => administration.SetAsync(Login("u_looker"), "long_query_time", statement, Cancel));
            Assert.Equal(FailureClass.Permission, refused.Cause);
        }
        finally
        {
            await server.ExecuteAsync($"SET GLOBAL long_query_time = 10{(flavor == DatabaseFlavor.MySql ? "; RESET PERSIST" : "")}; DROP USER 'u_setter'@'127.0.0.1', 'u_looker'@'127.0.0.1'", CancellationToken.None);
        }

        Credential Login(string user) => new() { Reference = SourceUnderTest.Reference, UserName = user, Password = new SecretText(password) };
    }
}
