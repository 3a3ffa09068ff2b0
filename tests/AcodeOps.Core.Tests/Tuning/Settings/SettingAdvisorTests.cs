using System.Globalization;
using AcodeOps.Tuning.Settings;

namespace AcodeOps.Core.Tests.Tuning.Settings;

/// <summary>Advice on a server's settings: it converges, it never costs durability, and it knows the versions.</summary>
public sealed class SettingAdvisorTests
{
    private const long GiB = 1L << 30;

    private static readonly string[] Sizes = ["innodb_buffer_pool_size", "innodb_redo_log_capacity", "innodb_log_file_size", "tmp_table_size", "max_heap_table_size"];

    [Fact]
    public void What_is_set_well_is_left_alone() => Assert.Empty(SettingAdvisor.Judge(Server()));

    [Theory]
    [InlineData("CommitNotFlushed", "innodb_flush_log_at_trx_commit", "2", "1")]
    [InlineData("BinlogNotSynced", "sync_binlog", "1000", "1")]
    [InlineData("DoublewriteOff", "innodb_doublewrite", "OFF", "ON")]
    [InlineData("SlowLogOff", "slow_query_log", "OFF", "ON")]
    [InlineData("SlowLogCoarse", "long_query_time", "10.000000", "2")]
    [InlineData("LocalFilesAllowed", "local_infile", "ON", "OFF")]
    [InlineData("StatisticsOnMetadata", "innodb_stats_on_metadata", "ON", "OFF")]
    [InlineData("StatementsNotCounted", "performance_schema", "OFF", "ON")]
    [InlineData("BinlogKeptForever", "binlog_expire_logs_seconds", "0", "604800")]
    public void A_setting_by_itself_is_told(string rule, string variable, string value, string proposed)
    {
        SettingChange change = Assert.Single(SettingAdvisor.Judge(With(Server(), (variable, value))));
        Assert.Equal((rule, variable, value, proposed), (change.Rule, change.Variable, change.Current, change.Proposed));
    }

    [Fact]
    public void Of_a_replica_durability_is_its_own_business_and_writes_are_not()
    {
        ServerSettings replica = With(Server(), ("innodb_flush_log_at_trx_commit", "2"), ("sync_binlog", "0"), ("super_read_only", "OFF"), ("relay_log_recovery", "OFF")) with { IsReplica = true };
        Assert.Equal(["RelayLogNotRecovered", "ReplicaWritable"], SettingAdvisor.Judge(replica).Select(change => change.Rule).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_was_counted_is_evidence()
    {
        ServerSettings busy = Server() with
        {
            Counters = Counters(("Max_used_connections", 140), ("Connection_errors_max_connections", 3), ("Innodb_os_log_written", 100 * GiB), ("Created_tmp_tables", 10_000), ("Created_tmp_disk_tables", 5_000),
                ("Open_tables", 4_000), ("Opened_tables", 1_000_000)),
        };
        Dictionary<string, SettingChange> changes = SettingAdvisor.Judge(busy).ToDictionary(change => change.Rule);
        Assert.Equal(["ConnectionsShort", "RedoLogSmall", "TableCacheSmall", "TemporaryTablesOnDisk"], changes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("250", changes["ConnectionsShort"].Proposed);
        Assert.Contains("140 of 151 were in use at once, and 3 were refused", changes["ConnectionsShort"].Evidence, StringComparison.Ordinal);
        Assert.Equal($"{5 * GiB}", changes["RedoLogSmall"].Proposed);
    }

    [Fact]
    public void A_pool_grows_only_where_the_machine_is_known_and_has_room()
    {
        ServerSettings cold = Server() with { DataBytes = 50 * GiB, Counters = Counters(("Innodb_buffer_pool_reads", 100_000), ("Innodb_buffer_pool_read_requests", 2_000_000)) };
        Assert.Empty(SettingAdvisor.Judge(cold));
        SettingChange change = Assert.Single(SettingAdvisor.Judge(cold with { MachineBytes = 32 * GiB }));
        long proposed = long.Parse(change.Proposed, CultureInfo.InvariantCulture);
        Assert.InRange(proposed, 15 * GiB, (long)(32 * GiB * 0.6));
        Assert.True((cold with { MachineBytes = 32 * GiB }).Memory(new Dictionary<string, long> { [change.Variable] = proposed }).Total <= 32 * GiB);
        Assert.Empty(SettingAdvisor.Judge(cold with { MachineBytes = GiB }));
        Assert.Empty(SettingAdvisor.Judge(cold with { MachineBytes = 32 * GiB, DataBytes = GiB / 10 }));
    }

    [Fact]
    public void What_only_a_statement_has_set_is_told_where_the_server_can_keep_it()
    {
        SettingChange change = Assert.Single(SettingAdvisor.Judge(Server() with { Unsaved = new HashSet<string> { "sync_binlog", "autocommit" } }));
        Assert.Equal(("SettingNotSaved", "sync_binlog", "1"), (change.Rule, change.Variable, change.Proposed));
    }

    // Applied once, it says nothing more: any server, any settings.
    [Fact]
    public void Advice_converges_and_never_costs_durability_or_more_memory_than_there_is()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int round = 0; round < 3_000; round++)
        {
            ServerSettings server = Random(random);
            IReadOnlyList<SettingChange> changes = SettingAdvisor.Judge(server);
            Assert.True(changes.All(change => change.Variable is not ("innodb_flush_log_at_trx_commit" or "sync_binlog") || change.Proposed == "1"), $"seed {seed}, round {round}");
            ServerSettings applied = With(server, [.. changes.Select(change => (change.Variable, change.Proposed))]) with { Unsaved = null };
            string again = string.Join(", ", SettingAdvisor.Judge(applied));
            Assert.True(again.Length == 0, $"seed {seed}, round {round}: {server.Version}: {string.Join(", ", changes)}; again {again}");
            if (server.MachineBytes is { } machine && changes.Count > 0)
            {
                Assert.True(changes.All(change => !Sizes.Contains(change.Variable) || One(server, change) <= Math.Max(machine, server.Memory().Total)), $"seed {seed}, round {round}");
            }
        }

        static long One(ServerSettings server, SettingChange change) => server.Memory(new Dictionary<string, long> { [change.Variable] = long.Parse(change.Proposed, CultureInfo.InvariantCulture) }).Total;
    }

    [Theory]
    [InlineData(SourceFlavor.MySql, "9.7.0", "innodb_redo_log_capacity", "SET PERSIST innodb_redo_log_capacity = 1", null, SettingEffect.Now)]
    [InlineData(SourceFlavor.MySql, "8.0.29", "innodb_log_file_size", "SET PERSIST_ONLY innodb_log_file_size = 1", null, SettingEffect.Restart)]
    [InlineData(SourceFlavor.MySql, "5.7.44-log", "innodb_log_file_size", null, "innodb_log_file_size = 1", SettingEffect.Restart)]
    [InlineData(SourceFlavor.MySql, "5.7.44-log", "innodb_buffer_pool_size", "SET GLOBAL innodb_buffer_pool_size = 1", "innodb_buffer_pool_size = 1", SettingEffect.Now)]
    [InlineData(SourceFlavor.MariaDb, "5.5.5-10.6.18-MariaDB", "innodb_log_file_size", null, "innodb_log_file_size = 1", SettingEffect.Restart)]
    [InlineData(SourceFlavor.MariaDb, "10.11.14-MariaDB-0+deb12u2", "innodb_log_file_size", "SET GLOBAL innodb_log_file_size = 1", "innodb_log_file_size = 1", SettingEffect.Now)]
    public void Each_version_has_its_way(SourceFlavor flavor, string version, string variable, string? statement, string? line, SettingEffect effect)
    {
        var number = ServerVersion.Of(flavor, version);
        SettingChange change = new() { Rule = "x", Severity = FindingSeverity.Warning, Variable = variable, Current = "0", Proposed = "1", Effect = SettingCatalog.EffectOf(variable, number), Problem = "", Evidence = "", Gain = "" };
        Assert.Equal((statement, line, effect), (SettingStatements.Statement(change, number), SettingStatements.Line(change, number), change.Effect));
    }

    [Fact]
    public async Task Without_an_administrator_nothing_is_set_and_the_statement_is_told()
    {
        var version = ServerVersion.Of(SourceFlavor.MySql, "9.7.0");
        SettingChange change = Assert.Single(SettingAdvisor.Judge(With(Server(), ("slow_query_log", "OFF"))));
        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => new SettingApplier(new TestInstallation(), SourceRole.Backup, version).ApplyAsync(change, TestContext.Current.CancellationToken));
        Assert.Equal(("AdministratorMissing", FailureClass.Permission, false), (refused.Id, refused.Cause, refused.IsFatal));
        Assert.EndsWith("SET PERSIST slow_query_log = ON", refused.Advice, StringComparison.Ordinal);
    }

    private static ServerSettings Random(Random random)
    {
        bool isMariaDb = random.Next(2) == 0;
        string Flag() => random.Next(2) == 0 ? "ON" : "OFF";
        string Of(params string[] values) => values[random.Next(values.Length)];
        long Count(int digits) => (long)Math.Pow(10, random.NextDouble() * digits);
        Dictionary<string, string> variables = new(Server().Variables)
        {
            ["innodb_flush_log_at_trx_commit"] = Of("0", "1", "2"),
            ["sync_binlog"] = Of("0", "1", "1000"),
            ["log_bin"] = Flag(),
            ["innodb_doublewrite"] = Flag(),
            ["slow_query_log"] = Flag(),
            ["long_query_time"] = Of("0.5", "10.000000", "2"),
            ["local_infile"] = Flag(),
            ["innodb_stats_on_metadata"] = Flag(),
            ["performance_schema"] = Flag(),
            ["binlog_expire_logs_seconds"] = Of("0", "604800"),
            ["max_connections"] = $"{Count(4) + 9}",
            ["tmp_table_size"] = $"{Count(9)}",
            ["max_heap_table_size"] = $"{Count(9)}",
            ["table_open_cache"] = $"{Count(4) + 1}",
            ["relay_log_recovery"] = Flag(),
            ["innodb_buffer_pool_size"] = $"{Count(11)}",
        };
        variables.Remove(isMariaDb ? "super_read_only" : "read_only");
        if (isMariaDb || random.Next(2) == 0)
        {
            variables.Remove("innodb_redo_log_capacity");
            variables["innodb_log_file_size"] = $"{Count(10) + 1}";
            variables["innodb_log_files_in_group"] = Of("1", "2", "3");
        }
        else
        {
            variables["innodb_redo_log_capacity"] = $"{Count(10) + 1}";
        }

        if (isMariaDb)
        {
            (variables["query_cache_type"], variables["query_cache_size"]) = (Of("ON", "OFF", "DEMAND"), Of("0", "1048576"));
        }

        long places = long.Parse(variables["table_open_cache"], CultureInfo.InvariantCulture);
        return new ServerSettings
        {
            Version = ServerVersion.Of(isMariaDb ? SourceFlavor.MariaDb : SourceFlavor.MySql, isMariaDb ? Of("10.6.1", "10.11.14", "11.8.2") : Of("5.7.44", "8.0.28", "8.4.3", "9.7.0")),
            Variables = variables,
            Counters = Counters(("Uptime", Count(7)), ("Max_used_connections", Count(4)), ("Innodb_os_log_written", Count(13)), ("Created_tmp_tables", Count(6)), ("Created_tmp_disk_tables", Count(6)),
                ("Open_tables", Math.Min(places, Count(5))), ("Opened_tables", Count(8)), ("Innodb_buffer_pool_reads", Count(8)), ("Innodb_buffer_pool_read_requests", Count(10))),
            IsReplica = random.Next(2) == 0,
            Unsaved = random.Next(2) == 0 ? null : new HashSet<string> { "sync_binlog", "long_query_time" },
            DataBytes = random.Next(3) == 0 ? null : Count(13),
            MachineBytes = random.Next(3) == 0 ? null : Count(12),
        };
    }

    private static ServerSettings With(ServerSettings server, params (string Name, string Value)[] changes)
    {
        Dictionary<string, string> variables = new(server.Variables);
        foreach ((string name, string value) in changes)
        {
            variables[name] = value;
        }

        return server with { Variables = variables };
    }

    private static Dictionary<string, long> Counters(params (string Name, long Value)[] changes)
    {
        Dictionary<string, long> counters = new() { ["Uptime"] = 86_400, ["Max_used_connections"] = 10, ["Connection_errors_max_connections"] = 0, ["Innodb_os_log_written"] = 1 << 20, ["Created_tmp_tables"] = 10, ["Created_tmp_disk_tables"] = 1, ["Open_tables"] = 100, ["Opened_tables"] = 150, ["Innodb_buffer_pool_reads"] = 10, ["Innodb_buffer_pool_read_requests"] = 2_000_000 };
        foreach ((string name, long value) in changes)
        {
            counters[name] = value;
        }

        return counters;
    }

    private static ServerSettings Server() => new()
    {
        Version = ServerVersion.Of(SourceFlavor.MySql, "9.7.0"),
        Counters = Counters(),
        Variables = new Dictionary<string, string>
        {
            ["innodb_flush_log_at_trx_commit"] = "1",
            ["sync_binlog"] = "1",
            ["log_bin"] = "ON",
            ["innodb_doublewrite"] = "ON",
            ["slow_query_log"] = "ON",
            ["long_query_time"] = "2.000000",
            ["local_infile"] = "OFF",
            ["innodb_stats_on_metadata"] = "OFF",
            ["performance_schema"] = "ON",
            ["binlog_expire_logs_seconds"] = "2592000",
            ["max_connections"] = "151",
            ["tmp_table_size"] = "16777216",
            ["max_heap_table_size"] = "16777216",
            ["table_open_cache"] = "4000",
            ["innodb_buffer_pool_size"] = "134217728",
            ["innodb_redo_log_capacity"] = "104857600",
            ["super_read_only"] = "OFF",
            ["read_only"] = "OFF",
            ["relay_log_recovery"] = "ON",
            ["sort_buffer_size"] = "262144",
            ["join_buffer_size"] = "262144",
            ["read_buffer_size"] = "131072",
            ["read_rnd_buffer_size"] = "262144",
            ["thread_stack"] = "1048576",
        },
    };
}
