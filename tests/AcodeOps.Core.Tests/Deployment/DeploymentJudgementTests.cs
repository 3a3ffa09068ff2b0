using AcodeOps.Core.Tests.Syncs;
using AcodeOps.Deployment;
using AcodeOps.Deployment.Checks;
using AcodeOps.Health;
using AcodeOps.Syncs;

namespace AcodeOps.Core.Tests.Deployment;

/// <summary>The judgements of a deployment's checklist, each as a table.</summary>
public sealed class DeploymentJudgementTests
{
    private static readonly DateTimeOffset Now = Installed.Now;
    private static readonly AcodeException Away = new("SourceUnreachable", FailureClass.Unreachable, "It is away.") { Advice = "Call them." };
    private static readonly AcodeException Damaged = new("LakeFileUnreadable", FailureClass.Protocol, "It is damaged.");

    [Fact]
    public void The_catalogue_has_each_item_once_and_only_what_follows_a_sync_needs_one()
    {
        Assert.Equal(DeploymentCatalog.All.Count, DeploymentCatalog.All.Select(check => check.Target).Distinct().Count());
        Assert.Equal(["objects", "parquet", "sync"], DeploymentCatalog.All.Where(check => check.NeedsSync).Select(check => check.Target));
        Assert.All(DeploymentCatalog.All.Where(check => check.NeedsSync), check => Assert.Equal(DeploymentStage.After, check.Stage));
        Assert.DoesNotContain(HealthCatalog.All, probe => probe.Component == HealthComponent.Deployment);
    }

    [Theory]
    [InlineData(Verdict.Healthy, true)]
    [InlineData(Verdict.Degraded, true)]
    [InlineData(Verdict.Failed, false)]
    [InlineData(Verdict.Unknown, false)]
    public void Degraded_passes_and_unknown_does_not(Verdict verdict, bool passes) => Assert.Equal(passes, DeploymentRounds.Passes(Check(verdict)));

    [Theory]
    [InlineData(new[] { Verdict.Healthy, Verdict.Healthy }, Verdict.Healthy)]
    [InlineData(new[] { Verdict.Healthy, Verdict.Degraded }, Verdict.Degraded)]
    [InlineData(new[] { Verdict.Degraded, Verdict.Unknown }, Verdict.Unknown)]
    [InlineData(new[] { Verdict.Unknown, Verdict.Failed, Verdict.Degraded }, Verdict.Failed)]
    public void The_worst_of_the_other_health_checks_counts(Verdict[] verdicts, Verdict expected)
    {
        Observation seen = HealthCheckItem.Judge([.. verdicts.Select(Check)]);
        Assert.Equal(expected, seen.Verdict);
        Assert.Equal(verdicts.Count(verdict => verdict != Verdict.Healthy), seen.Evidence.Count);
    }

    [Theory]
    [InlineData(null, 0, Verdict.Degraded)]
    [InlineData(23.0, 0, Verdict.Healthy)]
    [InlineData(25.0, 0, Verdict.Degraded)]
    [InlineData(1.0, 1, Verdict.Degraded)]
    [InlineData(-0.1, 0, Verdict.Healthy)]
    public void A_backup_is_of_today_and_can_be_read(double? hoursAgo, int damaged, Verdict expected)
    {
        ConfigurationBackup? backup = hoursAgo is not { } hours ? null : new()
        {
            Id = "01",
            Environment = "test",
            Workspace = Guid.Empty,
            MadeAt = Now.AddHours(-hours),
            Location = "here",
            Sources = 1,
            Destinations = 1,
            Connections = 1,
            States = 0,
            Cursors = [],
        };
        Observation seen = BackupCheck.Judge(backup, [.. Enumerable.Repeat(Damaged, damaged)], Now);
        Assert.Equal((expected, expected == Verdict.Healthy), (seen.Verdict, seen.Remedy is null));
    }

    [Theory]
    [InlineData(null, Verdict.Degraded)]
    [InlineData(24.0, Verdict.Healthy)]
    [InlineData(26.0, Verdict.Degraded)]
    public void An_emergency_copy_may_be_as_old_as_the_lake(double? hours, Verdict expected)
    {
        EmergencyCopy copy = new() { Location = "s3://emergency/acode/", Objects = hours is null ? 0 : 3, AgeHours = hours, WrittenAt = hours is { } h ? Now.AddHours(-h) : null };
        Assert.Equal(expected, EmergencyCopyCheck.Judge(copy, new Objectives()).Verdict);
    }

    [Fact]
    public void A_journal_that_cannot_be_read_may_be_of_an_unfinished_run()
    {
        RunbookRun run = new() { RunId = "01", Runbook = "failover", Title = "Switch", Environment = "test", Status = RunbookStatus.Failed, StartedAt = Now };
        Assert.Equal(Verdict.Healthy, UnfinishedRunsCheck.Judge([], []).Verdict);
        Assert.Equal((Verdict.Degraded, "RunUnfinished"), Found(UnfinishedRunsCheck.Judge([run], [])));
        Assert.Equal((Verdict.Unknown, "LakeFileUnreadable"), Found(UnfinishedRunsCheck.Judge([run], [Damaged])));
    }

    [Fact]
    public void A_running_sync_is_named()
    {
        Sync running = Installed.Job(7, SyncStatus.Running, 1);
        Assert.Equal(Verdict.Healthy, RunningSyncsCheck.Judge([(Installed.PrimaryConnection, Installed.Job(6, SyncStatus.Failed, 2)), (Installed.BackupConnection, null)]).Verdict);
        Observation seen = RunningSyncsCheck.Judge([(Installed.BackupConnection, null), (Installed.PrimaryConnection, running)]);
        Assert.Equal((Verdict.Degraded, "SyncRunning"), Found(seen));
        Assert.Contains(Installed.PrimaryConnection.Name, seen.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void What_publishing_would_leave_is_no_difference()
    {
        Assert.Equal(Verdict.Healthy, AppliedCheck.Judge([], [], []).Verdict);
        Observation left = AppliedCheck.Judge([Change(ConfigurationAction.Leave)], [], []);
        Assert.Equal(Verdict.Healthy, left.Verdict);
        Assert.Single(left.Evidence);
        Assert.Equal((Verdict.Failed, "ConfigurationNotApplied"), Found(AppliedCheck.Judge([Change(ConfigurationAction.Leave), Change(ConfigurationAction.Update)], [Away], [])));
        Assert.Equal((Verdict.Unknown, "SourceUnreachable"), Found(AppliedCheck.Judge([], [Away], ["not known"])));
        Assert.Equal((Verdict.Degraded, "ComparisonIncomplete"), Found(AppliedCheck.Judge([], [], ["not known"])));
    }

    [Theory]
    [InlineData(SyncStatus.Succeeded, 10L, false, false, Verdict.Healthy, null)]
    [InlineData(SyncStatus.Succeeded, 10L, false, true, Verdict.Degraded, "SyncBeforeDeployment")]
    [InlineData(SyncStatus.Succeeded, 10L, true, true, Verdict.Healthy, null)]
    [InlineData(SyncStatus.Succeeded, 0L, true, false, Verdict.Failed, "SyncBroughtNothing")]
    [InlineData(SyncStatus.Succeeded, null, true, false, Verdict.Unknown, "RowsNotTold")]
    [InlineData(SyncStatus.Failed, 10L, true, false, Verdict.Failed, "SyncFailed")]
    [InlineData(SyncStatus.Cancelled, 10L, true, false, Verdict.Failed, "SyncFailed")]
    [InlineData(SyncStatus.Running, 10L, false, false, Verdict.Unknown, "SyncNotEnded")]
    [InlineData(SyncStatus.Unknown, 10L, false, false, Verdict.Unknown, "SyncNotEnded")]
    public void A_sync_proves_what_was_applied_before_it(SyncStatus status, long? rows, bool isMade, bool appliedSince, Verdict expected, string? id)
    {
        Sync sync = Installed.Job(5, status, 2, rows);
        DeploymentSync judged = new(Installed.Primary(sync), sync, null, isMade);
        Assert.Equal((expected, id), Found(SyncCheck.Judge(judged, appliedSince ? Now : Now.AddHours(-3))));
        Assert.Equal(appliedSince && !isMade ? (Verdict.Healthy, null) : (expected, id), Found(SyncCheck.Judge(judged, null)));
    }

    [Fact]
    public void Streams_that_read_on_from_a_cursor_may_have_nothing_to_bring()
    {
        ConnectionStream[] streams = [.. Installed.PrimaryConnection.Streams.Select(stream => stream with { SyncMode = "incremental_append" })];
        Sync sync = Installed.Job(5, SyncStatus.Succeeded, 2, rows: 0);
        RouteReading route = Installed.Primary(sync) with { Connection = Installed.PrimaryConnection with { Streams = streams } };
        Assert.Equal((Verdict.Degraded, "SyncBroughtNothing"), Found(SyncCheck.Judge(new(route, sync, null, IsMade: true), null)));
        Assert.Equal((Verdict.Degraded, "ObjectsMissing"), Found(ObjectsCheck.Judge(new(route, sync, [new(streams[0], 0, null), Written(streams[1])]))));
    }

    [Fact]
    public void Every_stream_that_is_read_whole_has_an_object()
    {
        Sync sync = Installed.Job(5, SyncStatus.Succeeded, 2);
        WrittenStream[] all = [.. Installed.PrimaryConnection.Streams.Select(Written)];
        Observation seen = ObjectsCheck.Judge(new(Installed.Primary(sync), sync, all));
        Assert.Equal((Verdict.Healthy, 3.0, "objects"), (seen.Verdict, seen.Value, seen.Unit));
        seen = ObjectsCheck.Judge(new(Installed.Primary(sync), sync, [all[0], all[1] with { Objects = 0, Newest = null }, all[2]]));
        Assert.Equal((Verdict.Failed, "ObjectsMissing"), Found(seen));
        Assert.Contains("produtos", seen.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("diario", seen.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_has_the_sources_columns_and_the_destinations_codec()
    {
        ParquetCheck.ReadFile good = File(["idpk", "Data", "_airbyte_raw_id"], "SNAPPY");
        Assert.Equal(Verdict.Healthy, ParquetCheck.Judge([good], Installed.Lake, null).Verdict);
        Assert.Equal(Verdict.Healthy, ParquetCheck.Judge([File(["IDPK", "data"], "LZ4_RAW")], Installed.Lake with { Compression = "LZ4" }, null).Verdict);
        Assert.Equal(Verdict.Healthy, ParquetCheck.Judge([good], Installed.Lake with { Compression = null }, null).Verdict);
        Assert.Contains("lacks 1 of the source's columns: Data", ParquetCheck.Judge([good, File(["idpk"], "SNAPPY")], Installed.Lake, null).Summary, StringComparison.Ordinal);
        Assert.Equal((Verdict.Failed, "ParquetUnfit"), Found(ParquetCheck.Judge([good, File(["idpk", "Data"], "GZIP")], Installed.Lake, null)));
        Assert.Equal((Verdict.Failed, "ParquetUnfit"), Found(ParquetCheck.Judge([good, new("sales", "key") { Failure = Damaged }], Installed.Lake, null)));
        Assert.Equal((Verdict.Unknown, "SourceUnreachable"), Found(ParquetCheck.Judge([good, new("sales", "key") { Failure = Away }], Installed.Lake, null)));
        Assert.Equal((Verdict.Unknown, "SourceUnreachable"), Found(ParquetCheck.Judge([good with { Expected = null }], Installed.Lake, Away)));
        Assert.Equal((Verdict.Unknown, "SchemaIncomplete"), Found(ParquetCheck.Judge([good with { Expected = null }], Installed.Lake, null)));
        Assert.Equal((Verdict.Unknown, "ObjectsMissing"), Found(ParquetCheck.Judge([], Installed.Lake, null)));
    }

    [Fact]
    public void The_files_are_judged_by_their_worst_finding_and_a_variable_by_whether_it_is_there()
    {
        Assert.Equal(Verdict.Healthy, ConfigurationCheck.Judge(Project(("Doubt", FindingSeverity.Information))).Verdict);
        Assert.Equal((Verdict.Degraded, "Doubt"), Found(ConfigurationCheck.Judge(Project(("Doubt", FindingSeverity.Warning)))));
        Assert.Equal((Verdict.Failed, "ConfigurationInvalid"), Found(ConfigurationCheck.Judge(Project(("Doubt", FindingSeverity.Warning), ("Fault", FindingSeverity.Error)))));

        VariablesCheck.SecretReference there = new("sources/a/configuration.yaml", "password", new(CredentialHolder.EnvironmentVariable, "PASS"));
        Assert.Equal(Verdict.Healthy, VariablesCheck.Judge(Project(), [there]).Verdict);
        Assert.Equal((Verdict.Unknown, "SourceUnreachable"), Found(VariablesCheck.Judge(Project(), [there with { Failure = Away }])));
        AcodeException missing = new("SecretNotFound", FailureClass.NotFound, "There is none.");
        Assert.Equal((Verdict.Failed, "SourceUnreachable"), Found(VariablesCheck.Judge(Project(), [there with { Failure = Away }, there with { Failure = missing }])));
        Observation unset = VariablesCheck.Judge(Project(("UndefinedVariable", FindingSeverity.Error)), [there]);
        Assert.Equal((Verdict.Failed, "UndefinedVariable"), Found(unset));
        Assert.Contains("sources/a/configuration.yaml(1,2): It is so.", unset.Summary, StringComparison.Ordinal);
    }

    private static (Verdict Verdict, string? Id) Found(Observation seen) => (seen.Verdict, seen.ErrorId);

    private static HealthCheck Check(Verdict verdict) =>
        new() { Component = HealthComponent.Freshness, Target = "landed", Verdict = verdict, Summary = "It is so.", LatencyMs = 1, CheckedAt = Now };

    private static ConfigurationChange Change(ConfigurationAction action) =>
        new() { Action = action, Origin = ChangeOrigin.Unknown, Kind = ConfiguredKind.Destination, Name = "lake", Field = "format", Live = "GZIP", Desired = "SNAPPY" };

    private static WrittenStream Written(ConnectionStream stream) => new(stream, 1, new StoredObject($"{stream.Name}/part", 10, Now, "tag"));

    private static ParquetCheck.ReadFile File(string[] columns, string codec) =>
        new("sales", "key") { Expected = ["idpk", "Data"], Footer = new LakeFile("key", 1) { Columns = columns, Codecs = [codec] } };

    private static ConfigurationProject Project(params (string Rule, FindingSeverity Severity)[] findings) => new()
    {
        Folder = "/project",
        Resources = [],
        Findings = [.. findings.Select(finding => new Finding
        {
            Rule = finding.Rule,
            Severity = finding.Severity,
            Target = "host",
            Message = "It is so.",
            File = "/project/sources/a/configuration.yaml",
            Line = 1,
            Column = 2,
        })],
    };
}
