using AcodeOps.Notifications;

namespace AcodeOps.Core.Tests.Notifications;

/// <summary>What objects of the product say by themselves.</summary>
public sealed class NotificationSubjectTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(RunbookStatus.Completed, NotificationSeverity.Information, NotificationPhase.Resolved)]
    [InlineData(RunbookStatus.Failed, NotificationSeverity.Error, NotificationPhase.Failed)]
    [InlineData(RunbookStatus.Escalated, NotificationSeverity.Critical, NotificationPhase.Failed)]
    [InlineData(RunbookStatus.AwaitingProof, NotificationSeverity.Warning, NotificationPhase.Update)]
    [InlineData(RunbookStatus.Undone, NotificationSeverity.Information, NotificationPhase.Update)]
    public void A_run_is_an_incident_of_its_own_and_only_its_proof_resolves_it(RunbookStatus status, NotificationSeverity severity, NotificationPhase phase)
    {
        Notification told = NotificationSubject.Of(Run(status)).ToNotification(Installation(), new());
        Assert.Equal(("01RUN", "01RUN", severity, phase), (told.IncidentId, told.RunId, told.Severity, told.Phase));
        Assert.Equal($"Switch to backup_mysql: {status}", told.Title);
        Assert.Contains(told.Facts, f => f == new NotificationFact("Status", status.ToString()));
        Assert.Equal(("test", Now), (told.Environment, told.At));
    }

    [Theory]
    [InlineData(Verdict.Healthy, NotificationSeverity.Information, NotificationPhase.Update)]
    [InlineData(Verdict.Degraded, NotificationSeverity.Warning, NotificationPhase.Opened)]
    [InlineData(Verdict.Unknown, NotificationSeverity.Warning, NotificationPhase.Opened)]
    [InlineData(Verdict.Failed, NotificationSeverity.Error, NotificationPhase.Opened)]
    public void A_check_is_as_severe_as_its_verdict(Verdict verdict, NotificationSeverity severity, NotificationPhase phase)
    {
        Notification told = NotificationSubject.Of(new HealthCheck
        {
            Component = HealthComponent.Source,
            Target = "primary",
            Verdict = verdict,
            Summary = "late",
            LatencyMs = 1,
            CheckedAt = Now,
            Value = 26.5,
            Unit = "h",
            Remedy = "Call them.",
        }).ToNotification(Installation(), new());
        Assert.Equal(("01NEW", severity, phase, $"Source primary: {verdict}", "late\nCall them."), (told.IncidentId, told.Severity, told.Phase, told.Title, told.Text));
        Assert.Contains(new NotificationFact("Value", "26.5 h"), told.Facts);
    }

    [Fact]
    public void A_finding_is_told_by_its_rule_and_remedy()
    {
        Finding finding = new() { Rule = "TlsOff", Severity = FindingSeverity.Warning, Target = "sources.primary.tls", Message = "No encryption.", Remedy = "Write tls: verify." };
        Notification told = NotificationSubject.Of(finding).ToNotification(Installation(), new());
        Assert.Equal(("TlsOff: sources.primary.tls", "No encryption.\nWrite tls: verify.", NotificationSeverity.Warning), (told.Title, told.Text, told.Severity));
    }

    [Fact]
    public void What_the_operator_says_goes_before_what_the_object_says()
    {
        Notification told = NotificationSubject.Of(Run(RunbookStatus.Failed)).ToNotification(Installation(), new()
        {
            Title = "We are on it",
            Text = "password=hunter2",
            Severity = NotificationSeverity.Critical,
            Phase = NotificationPhase.Update,
            IncidentId = "ticket-7",
            Facts = [new("desk", "night")],
        });
        Assert.Equal(("We are on it", "password=***", NotificationSeverity.Critical, NotificationPhase.Update, "ticket-7", "01RUN"), (told.Title, told.Text, told.Severity, told.Phase, told.IncidentId, told.RunId));
        Assert.Equal(new NotificationFact("desk", "night"), told.Facts[^1]);
    }

    [Fact]
    public void Without_an_object_the_title_is_needed()
    {
        Assert.Equal("NotificationTitleMissing", Assert.Throws<AcodeException>(() => NotificationSubject.Of(null).ToNotification(Installation(), new())).Id);
        Notification told = NotificationSubject.Of(null).ToNotification(Installation(), new() { Title = "A rehearsal" });
        Assert.Equal(("01NEW", NotificationSeverity.Warning, NotificationPhase.Opened, ""), (told.IncidentId, told.Severity, told.Phase, told.Text));
    }

    [Fact]
    public void Facts_of_any_shape_become_text()
    {
        IReadOnlyList<NotificationFact> facts = NotificationFact.ListOf(new Dictionary<string, object?>
        {
            ["rows"] = 1_000_000L,
            ["share"] = 0.5,
            ["tables"] = new[] { "a", "b" },
            ["map"] = new Dictionary<string, object?> { ["password"] = "hunter2", ["host"] = "db" },
            ["nothing"] = null,
        });
        Assert.Equal(["rows: 1000000", "share: 0.5", "tables: a, b", "map: password=***, host=db", "nothing: "], facts.Select(f => $"{f.Name}: {f.Value}"));
    }

    private static RunbookRun Run(RunbookStatus status) => new()
    {
        RunId = "01RUN",
        Runbook = "failover",
        Title = "Switch to backup_mysql",
        Environment = "test",
        Status = status,
        StartedAt = Now,
    };

    private static TestInstallation Installation() => new() { Clock = new ManualClock(Now), IdentifierSource = new OneIdentifier() };

    private sealed class OneIdentifier : IIdentifierSource
    {
        public string Next(DateTimeOffset at) => "01NEW";
    }
}
