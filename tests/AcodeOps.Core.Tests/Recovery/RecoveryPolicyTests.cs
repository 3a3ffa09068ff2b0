using AcodeOps.Recovery;

namespace AcodeOps.Core.Tests.Recovery;

/// <summary>The decision over every combination of verdicts, routes and active route, against what it must hold by definition.</summary>
public sealed class RecoveryPolicyTests
{
    private static readonly Verdict[] All = Enum.GetValues<Verdict>();

    private static readonly RouteDefinition[] FourRoutes =
    [
        .. from storage in new[] { StorageRole.Primary, StorageRole.Backup }
           from source in new[] { SourceRole.Primary, SourceRole.Backup }
           select new RouteDefinition { Name = RouteDefinition.NameOf(source, storage), Source = source, Storage = storage, Connection = "c" },
    ];

    private static readonly IEnumerable<PartVerdicts> Combinations =
        from p in All from b in All from s in All from t in All from a in All select new PartVerdicts(p, b, s, t, a);

    [Fact]
    public void Every_combination_is_decided_and_holds_what_a_decision_must()
    {
        int decided = 0;
        foreach (RouteDefinition[] routes in Orders())
        {
            AcodeEnvironment environment = With(routes);
            foreach (RouteDefinition? active in routes.Append(null))
            {
                foreach (PartVerdicts verdicts in Combinations)
                {
                    AssertHolds(environment, verdicts, active, RecoveryPolicy.Decide(environment, verdicts, active));
                    decided++;
                }
            }
        }

        Assert.Equal(1024 * ((4 * 2) + (12 * 3) + (24 * 4) + (24 * 5)), decided);
    }

    [Fact]
    public void Degraded_decides_as_healthy_does()
    {
        AcodeEnvironment environment = With(FourRoutes);
        foreach (PartVerdicts verdicts in Combinations)
        {
            PartVerdicts well = new(Well(verdicts.PrimarySource), Well(verdicts.BackupSource), Well(verdicts.PrimaryStorage), Well(verdicts.BackupStorage), Well(verdicts.Airbyte));
            Assert.Equal(RecoveryPolicy.Decide(environment, well, FourRoutes[0]), RecoveryPolicy.Decide(environment, verdicts, FourRoutes[0]) with { RedundancyLost = [] }, SameDecision);
        }

        static Verdict Well(Verdict verdict) => verdict == Verdict.Degraded ? Verdict.Healthy : verdict;
    }

    [Theory]
    [InlineData(Verdict.Healthy, Verdict.Healthy, Verdict.Healthy, "none", "")]
    [InlineData(Verdict.Healthy, Verdict.Healthy, Verdict.Failed, "backup_s3", "primary storage: Failed")]
    [InlineData(Verdict.Healthy, Verdict.Failed, Verdict.Healthy, "none", "backup source: Failed")]
    [InlineData(Verdict.Healthy, Verdict.Failed, Verdict.Failed, "backup_s3", "backup source: Failed, primary storage: Failed")]
    [InlineData(Verdict.Failed, Verdict.Healthy, Verdict.Healthy, "backup_mysql", "primary source: Failed")]
    [InlineData(Verdict.Failed, Verdict.Healthy, Verdict.Failed, "backup_mysql+backup_s3", "primary source: Failed, primary storage: Failed")]
    [InlineData(Verdict.Failed, Verdict.Failed, Verdict.Healthy, "full_dr", "primary source: Failed, backup source: Failed")]
    [InlineData(Verdict.Failed, Verdict.Failed, Verdict.Failed, "full_dr", "primary source: Failed, backup source: Failed, primary storage: Failed")]
    public void The_eight_states_of_the_operations_guide(Verdict primary, Verdict replica, Verdict bucket, string strategy, string lost)
    {
        RecoveryDecision decision = RecoveryPolicy.Decide(With(FourRoutes), new PartVerdicts(primary, replica, bucket, Verdict.Healthy, Verdict.Healthy), FourRoutes[0]);

        Assert.Equal((strategy, lost), (decision.Strategy, string.Join(", ", decision.RedundancyLost)));
    }

    [Fact]
    public void What_needs_a_route_that_is_not_there_says_which()
    {
        AcodeEnvironment environment = With(FourRoutes[0], FourRoutes[1]);
        RecoveryDecision decision = RecoveryPolicy.Decide(
            environment, new PartVerdicts(Verdict.Failed, Verdict.Healthy, Verdict.Failed, Verdict.Healthy, Verdict.Healthy), FourRoutes[0]);

        Assert.Equal(("backup_mysql+backup_s3", true, false), (decision.Strategy, decision.IsRouteMissing, decision.IsSwitch));
        Assert.Contains("no route joins them", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_route_that_can_be_used_is_not_left_for_a_better_one()
    {
        RecoveryDecision decision = RecoveryPolicy.Decide(
            With(FourRoutes), new PartVerdicts(Verdict.Healthy, Verdict.Degraded, Verdict.Healthy, Verdict.Healthy, Verdict.Healthy), FourRoutes[3]);

        Assert.Equal((RecoveryStrategy.None, false), (decision.Strategy, decision.IsSwitch));
    }

    [Fact]
    public void The_table_in_the_documentation_is_what_is_decided()
    {
        string path = Path.Combine(RepositoryFolder(), "docs", "recovery-decisions.md");
        string text = File.ReadAllText(path);
        int begin = text.IndexOf("| Primary source", StringComparison.Ordinal);
        int end = text.IndexOf("\n\n", begin, StringComparison.Ordinal) + 1;
        string drawn = DecisionTable.Draw(With(FourRoutes));
        if (Environment.GetEnvironmentVariable("ACODE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, text[..begin] + drawn + text[end..]);
            return;
        }

        Assert.Equal(drawn, text[begin..end], ignoreLineEndingDifferences: true);
    }

    private static void AssertHolds(AcodeEnvironment environment, PartVerdicts verdicts, RouteDefinition? active, RecoveryDecision decision)
    {
        string what = $"{string.Join(", ", environment.Routes)}, active {active}: {verdicts} -> {decision}";
        bool CanFeed(Verdict verdict) => verdict is Verdict.Healthy or Verdict.Degraded;
        bool Usable(RouteDefinition route) => CanFeed(verdicts.Of(route.Source)) && CanFeed(verdicts.Of(route.Storage));
        Assert.NotEmpty(decision.Reason);
        if (decision.Route is { } target)
        {
            Assert.True(Usable(target), what);
            Assert.True(CanFeed(verdicts.Airbyte), what);
            Assert.Equal(environment.Routes.First(Usable), target);
            Assert.True(active is null || verdicts.Of(active) == Verdict.Failed, what);
            Assert.Equal(RouteDefinition.NameOf(target.Source, target.Storage), decision.Strategy);
        }
        else if (decision.IsRouteMissing)
        {
            Assert.False(environment.Routes.Any(Usable), what);
            Assert.False(environment.Routes.Any(route => RouteDefinition.NameOf(route.Source, route.Storage) == decision.Strategy), what);
        }
        else
        {
            bool hopeless = (verdicts.PrimarySource, verdicts.BackupSource) == (Verdict.Failed, Verdict.Failed)
                || (verdicts.PrimaryStorage, verdicts.BackupStorage) == (Verdict.Failed, Verdict.Failed);
            Assert.True(hopeless == (decision.Strategy == RecoveryStrategy.FullDisasterRecovery), what);
            Assert.True(decision.Strategy switch
            {
                RecoveryStrategy.None => active is not null && Usable(active) && CanFeed(verdicts.Airbyte),
                RecoveryStrategy.AirbyteDown => verdicts.Airbyte == Verdict.Failed,
                RecoveryStrategy.Unknown => new[] { verdicts.PrimarySource, verdicts.BackupSource, verdicts.PrimaryStorage, verdicts.BackupStorage, verdicts.Airbyte }.Contains(Verdict.Unknown),
                _ => decision.Strategy == RecoveryStrategy.FullDisasterRecovery,
            }, what);
        }

        // Lost redundancy is said whatever is decided.
        Assert.Equal(environment.Routes.Any(route => !CanFeed(verdicts.Of(route.Source)) || !CanFeed(verdicts.Of(route.Storage))), decision.RedundancyLost.Count > 0);
    }

    private static bool SameDecision(RecoveryDecision? one, RecoveryDecision? other) => (one?.Strategy, one?.Route) == (other?.Strategy, other?.Route);

    /// <summary>Every choice of routes in every order of preference.</summary>
    private static IEnumerable<RouteDefinition[]> Orders()
    {
        IEnumerable<RouteDefinition[]> longer = [[]];
        for (int length = 1; length <= FourRoutes.Length; length++)
        {
            longer = [.. longer.SelectMany(routes => FourRoutes.Except(routes).Select(next => (RouteDefinition[])[.. routes, next]))];
            foreach (RouteDefinition[] routes in longer)
            {
                yield return routes;
            }
        }
    }

    private static AcodeEnvironment With(params RouteDefinition[] routes) => TestInstallation.Definition with
    {
        Storages = [.. TestInstallation.Definition.Storages, new StorageDefinition { Role = StorageRole.Backup, Bucket = "spare" }],
        Routes = routes,
    };

    private static string RepositoryFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AcodeOps.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The repository was not found.");
    }
}
