using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Servers.Databases;
using MySqlConnector;

namespace AcodeOps.Adapters.Tests.MySql;

/// <summary>Logins to real servers: those that work, and every way in which they are refused.</summary>
public sealed class LoginTests(LabFixture lab)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseFlavor> Flavors => [DatabaseFlavor.MySql, DatabaseFlavor.MariaDb];

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_source_tells_who_it_is(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        await using MySqlSource primary = SourceUnderTest.Open(pair.Primary);
        await using MySqlSource backup = SourceUnderTest.Open(pair.Replica);

        SourceServer server = await primary.ProbeAsync(Cancel);

        Assert.Equal(flavor == DatabaseFlavor.MySql ? SourceFlavor.MySql : SourceFlavor.MariaDb, server.Flavor);
        Assert.Equal((await pair.Primary.ScalarAsync("SELECT VERSION()", Cancel))!.ToString(), server.Version);
        Assert.False(server.IsReadOnly);
        Assert.True((await backup.ProbeAsync(Cancel)).IsReadOnly);
        Assert.InRange(server.ServerTimeAt - server.AnsweredAt, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(1));
        Assert.InRange(server.RoundTripMs, double.Epsilon, 10_000);
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_wrong_password_is_not_an_outage(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        AcodeException failure = await FailureAsync(SourceUnderTest.Open(pair.Primary, pair.Primary.Reader with { Password = "Wr0ng-and-never-shown" }));

        Assert.Equal(("SourceAuthenticationFailed", FailureClass.Authentication), (failure.Id, failure.Cause));
        Assert.False(failure.Cause.IsOutage());
        Assert.Contains("1045", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Wr0ng-and-never-shown", failure.ToString() + failure.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_rotated_password_is_read_again_once(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        DatabaseLogin login = await NewUserAsync(pair.Primary, "rotated");
        OneCredential store = new(login.Password);
        await using MySqlSource source = SourceUnderTest.Open(SourceUnderTest.Definition(pair.Primary, login), store);
        await source.ProbeAsync(Cancel);

        DatabaseLogin next = DatabaseLogin.WithNewPassword(login.User);
        await pair.Primary.ExecuteAsync($"SET SESSION sql_log_bin=0; ALTER USER {login.User}@'127.0.0.1' IDENTIFIED BY '{next.Password}'", Cancel);
        await KillSessionsAsync(pair.Primary, login.User);
        store.Current = next.Password;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => source.ProbeAsync(Cancel)));
        Assert.Equal(2, store.Reads);

        // And a password that is wrong at its holder, too, is asked for once more, not for ever.
        await pair.Primary.ExecuteAsync($"SET SESSION sql_log_bin=0; ALTER USER {login.User}@'127.0.0.1' IDENTIFIED BY '{login.Password}'", Cancel);
        await KillSessionsAsync(pair.Primary, login.User);
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => source.ProbeAsync(Cancel));
        Assert.Equal("SourceAuthenticationFailed", failure.Id);
        Assert.Equal(3, store.Reads);
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_full_server_is_alive(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        DatabaseLogin login = await NewUserAsync(pair.Primary, "single", "WITH MAX_USER_CONNECTIONS 1");
        await using MySqlConnection held = await pair.Primary.OpenAsync(Cancel, login);

        AcodeException failure = await FailureAsync(SourceUnderTest.Open(pair.Primary, login));

        Assert.Equal(("SourceTooManyConnections", FailureClass.TooManyConnections), (failure.Id, failure.Cause));
        Assert.Equal(Verdict.Degraded, failure.Cause.ReachabilityVerdict());
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_locked_account_is_not_an_outage(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        DatabaseLogin login = await NewUserAsync(pair.Primary, "locked", "ACCOUNT LOCK");

        Assert.Equal("SourceAuthenticationFailed", (await FailureAsync(SourceUnderTest.Open(pair.Primary, login))).Id);
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_database_that_is_missing_or_forbidden(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        SourceDefinition missing = SourceUnderTest.Definition(pair.Primary, pair.Accounts.Admin) with { Database = "not_there" };
        SourceDefinition forbidden = SourceUnderTest.Definition(pair.Primary) with { Database = "mysql" };

        Assert.Equal("SourceDatabaseMissing", (await FailureAsync(SourceUnderTest.Open(missing, new OneCredential(pair.Accounts.Admin.Password)))).Id);
        AcodeException denied = await FailureAsync(SourceUnderTest.Open(forbidden, new OneCredential(pair.Primary.Reader.Password)));
        Assert.Equal(("SourceAccessDenied", FailureClass.Permission), (denied.Id, denied.Cause));
    }

    [Fact]
    public async Task Encryption_that_is_required_and_not_offered_is_refused()
    {
        // Debian's MariaDB has no certificate of its own.
        DatabasePair pair = await lab.PairAsync(DatabaseFlavor.MariaDb);
        SourceDefinition definition = SourceUnderTest.Definition(pair.Primary) with { Tls = TlsRequirement.Required };

        AcodeException failure = await FailureAsync(SourceUnderTest.Open(definition, new OneCredential(pair.Primary.Reader.Password)));

        Assert.Equal(("SourceTlsFailed", FailureClass.Tls), (failure.Id, failure.Cause));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_when_it_is_to_be_verified()
    {
        DatabasePair pair = await lab.PairAsync(DatabaseFlavor.MySql);
        SourceDefinition definition = SourceUnderTest.Definition(pair.Primary) with { Tls = TlsRequirement.Verify };

        AcodeException failure = await FailureAsync(SourceUnderTest.Open(definition, new OneCredential(pair.Primary.Reader.Password)));

        Assert.Equal(("SourceTlsFailed", FailureClass.Tls), (failure.Id, failure.Cause));
    }

    [Theory]
    [InlineData(TlsRequirement.Automatic)]
    [InlineData(TlsRequirement.Required)]
    [InlineData(TlsRequirement.Off)]
    public async Task MySql_lets_us_in_with_and_without_encryption_on_loopback(TlsRequirement tls)
    {
        DatabasePair pair = await lab.PairAsync(DatabaseFlavor.MySql);
        // A fresh account: its password is in no cache of the server's, so that the full exchange takes place.
        DatabaseLogin login = await NewUserAsync(pair.Primary, "tls_" + tls);
        await using MySqlSource source = SourceUnderTest.Open(SourceUnderTest.Definition(pair.Primary, login) with { Tls = tls }, new OneCredential(login.Password));

        Assert.Equal(tls == TlsRequirement.Off, (await source.ProbeAsync(Cancel)).TlsVersion is null);
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_killed_server_refuses_and_one_that_came_back_answers_at_once(DatabaseFlavor flavor)
    {
        await using OwnPair own = await lab.NewPairAsync(flavor);
        DatabasePair pair = own.Pair;
        await using MySqlSource source = SourceUnderTest.Open(pair.Primary);
        await source.ProbeAsync(Cancel);

        await pair.Primary.Process.KillAsync();
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => source.ProbeAsync(Cancel));
        Assert.Equal(("SourceRefused", FailureClass.ConnectionRefused), (failure.Id, failure.Cause));

        await pair.Primary.StartAsync(Cancel);
        await source.ProbeAsync(Cancel);

        // With connections in the pool that died with the server.
        await pair.Primary.Process.KillAsync();
        await pair.Primary.StartAsync(Cancel);
        await source.ProbeAsync(Cancel);

        await SourceUnderTest.HangAsync(pair.Primary, Cancel);
        try
        {
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(1));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => source.ProbeAsync(limit.Token));
        }
        finally
        {
            pair.Primary.Process.Continue();
        }

        await source.ProbeAsync(Cancel);
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task At_most_three_connections_are_open_and_none_can_write(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        DatabaseLogin login = await NewUserAsync(pair.Primary, "writer");
        await pair.Primary.ExecuteAsync($"SET SESSION sql_log_bin=0; GRANT ALL ON {pair.Primary.Database}.* TO {login.User}@'127.0.0.1'", Cancel);
        await using SourceConnections connections = new(SourceUnderTest.Definition(pair.Primary, login), new OneCredential(login.Password));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => connections.AskAsync(
            (c, t) => c.RowsAsync("SELECT SLEEP(0.02)", t), Cancel)));
        Assert.InRange(
            Convert.ToInt64(await pair.Primary.ScalarAsync($"SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = '{login.User}'", Cancel), null), 1, 3);

        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => connections.AskAsync(
            (c, t) => c.RowsAsync("CREATE TABLE never (id INT)", t), Cancel));
        Assert.Equal("SourceReadOnly", failure.Id);
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task The_server_itself_ends_a_statement_that_takes_too_long(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        await using SourceConnections connections = new(SourceUnderTest.Definition(pair.Primary), new OneCredential(pair.Primary.Reader.Password));

        string variable = flavor == DatabaseFlavor.MySql ? "max_execution_time / 1000" : "max_statement_time";
        List<Dictionary<string, object?>> rows = await connections.AskAsync(
            (c, t) => c.RowsAsync($"SELECT CAST(@@session.{variable} AS SIGNED) AS seconds, @@session.time_zone AS zone", t), Cancel);
        Assert.Equal((10L, "+00:00"), ((long)rows[0]["seconds"]!, rows[0]["zone"]));

        string endless = "SELECT COUNT(*) FROM information_schema.COLUMNS a JOIN information_schema.COLUMNS b JOIN information_schema.COLUMNS c";
        string limited = flavor == DatabaseFlavor.MySql
            ? endless.Replace("SELECT", "SELECT /*+ MAX_EXECUTION_TIME(50) */", StringComparison.Ordinal)
            : "SET STATEMENT max_statement_time=0.05 FOR " + endless;
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => connections.AskAsync((c, t) => c.RowsAsync(limited, t), Cancel));
        Assert.Equal("SourceStatementTimedOut", failure.Id);
    }

    private static async Task<AcodeException> FailureAsync(MySqlSource source)
    {
        await using (source)
        {
            AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => source.ProbeAsync(Cancel));
            Assert.Contains($"127.0.0.1:{source.Definition.Port}", failure.Message, StringComparison.Ordinal);
            Assert.False(string.IsNullOrEmpty(failure.Advice));
            return failure;
        }
    }

    private static async Task<DatabaseLogin> NewUserAsync(DatabaseServer server, string name, string more = "")
    {
        DatabaseLogin login = DatabaseLogin.WithNewPassword(name);
        await server.ExecuteAsync(
            $"SET SESSION sql_log_bin=0; CREATE USER {name}@'127.0.0.1' IDENTIFIED BY '{login.Password}' {more}; GRANT SELECT ON {server.Database}.* TO {name}@'127.0.0.1'", Cancel);
        return login;
    }

    private static async Task KillSessionsAsync(DatabaseServer server, string user)
    {
        await using MySqlConnection admin = await server.OpenAsync(Cancel);
        foreach (Dictionary<string, object?> session in await admin.RowsAsync("SELECT ID FROM information_schema.PROCESSLIST WHERE USER = @user", Cancel, ("@user", user)))
        {
            await admin.RowsAsync($"KILL {session["ID"]}", Cancel);
        }
    }
}
