using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Runbooks;
using AcodeOps.Secrets;
using AcodeOps.Secrets.Rotating;
using MySqlConnector;

namespace AcodeOps.Adapters.Tests.Rotating;

/// <summary>What fails before the former password is given up is taken back, and ingestion goes on; what would break something is refused before anything is begun.</summary>
[Collection(RotatingCollection.Name)]
public sealed class RotatingFaultTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1/sources/check_connection_for_update", "try_at_airbyte")]
    [InlineData("/api/public/v1/sources/{0}", "replace_copies", "PUT")]
    public async Task Airbyte_refusing_a_step_takes_the_run_back(string path, string step, string? method = null)
    {
        await using RotatingSite site = await RotatingSite.StartAsync(labs, DatabaseFlavor.MySql, SourceRole.Primary);
        await site.FaultAsync(new JsonObject
        {
            ["kind"] = "http",
            ["pathPrefix"] = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, site.SourceId),
            ["method"] = method,
            ["status"] = 403,
            ["remaining"] = 1,
        });
        await AssertTakenBackAsync(site, await site.RotateAsync(), step);
    }

    [Fact]
    public async Task A_sync_that_fails_takes_the_run_back()
    {
        await using RotatingSite site = await RotatingSite.StartAsync(labs, DatabaseFlavor.MySql, SourceRole.Primary);
        await site.FaultAsync(new JsonObject { ["kind"] = "job_fail", ["connectionId"] = site.ConnectionId, ["failureType"] = "config_error", ["remaining"] = 1 });
        RunbookRun run = await site.RotateAsync();
        Assert.Equal("SyncFailed", run.ErrorId);
        await AssertTakenBackAsync(site, run, "prove_sync");
    }

    [Theory]
    [InlineData("stage", "stage_password")]
    [InlineData("AWSCURRENT", "make_current")]
    public async Task Secrets_Manager_refusing_a_write_takes_the_run_back(string what, string step)
    {
        await using RotatingSite site = await RotatingSite.StartAsync(labs, DatabaseFlavor.MySql, SourceRole.Primary);
        RunbookRun run = await site.RotateAsync(installation: new FaultySecrets(site.Installation, what, FailureClass.Permission, int.MaxValue));
        Assert.Equal("SecretAccessDenied", run.ErrorId);
        await AssertTakenBackAsync(site, run, step);
    }

    [Fact]
    public async Task Secrets_Manager_that_is_away_for_a_moment_is_asked_again()
    {
        await using RotatingSite site = await RotatingSite.StartAsync(labs, DatabaseFlavor.MySql, SourceRole.Primary);
        FaultySecrets faulty = new(site.Installation, "", FailureClass.Unknown, 1);
        FailoverSite.AssertStatus(RunbookStatus.Completed, await site.RotateAsync(installation: faulty));
        Assert.InRange(faulty.Struck, 3, 10);
        await site.AssertSettledAsync("away for a moment");
    }

    [Fact]
    public async Task A_server_that_refuses_the_statement_takes_the_run_back()
    {
        await using RotatingSite site = await RotatingSite.StartAsync(labs, DatabaseFlavor.MySql, SourceRole.Primary);
        RotationPlan plan = await site.PlanAsync();
        // Between plan and act somebody takes the right away from whoever changes the account.
        await using OwnAdministrator administrator = await OwnAdministrator.MakeAsync(site);
        plan = plan with { Administrator = administrator.Reference };
        RunbookRun run = await new RunbookEngine(site.Installation, FailoverSite.Origin).StartAsync(new RotationRunbook(plan), new RunOptions(), progress: null, Cancel);
        Assert.Equal(("SourceAccessDenied", FailureClass.Permission), (run.ErrorId, run.ErrorCause));
        await AssertTakenBackAsync(site, run, "add_password");
    }

    [Fact]
    public async Task The_former_password_stays_until_the_syncs_that_began_with_it_have_ended()
    {
        await using RotatingSite site = await RotatingSite.StartAsync(labs, DatabaseFlavor.MySql, SourceRole.Primary);
        string first = (await site.DescribeAsync()).CurrentVersionId!;
        await site.FaultAsync(new JsonObject { ["kind"] = "job_hang", ["connectionId"] = site.ConnectionId, ["remaining"] = 1 });
        Sync earlier = await site.Installation.Airbyte.StartSyncAsync(site.ConnectionId, Cancel);
        await HangingJob.WaitAsync(site.Lab, earlier.JobId, Cancel);
        Credential old = await site.SecretAsync(first);
        TaskCompletionSource waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Progress<RunProgress> progress = new(seen => _ = seen.Text.EndsWith("which began with the former password", StringComparison.Ordinal) && waits.TrySetResult());
        Task<RunbookRun> rotation = site.RotateAsync(progress: progress);
        Assert.Same(waits.Task, await Task.WhenAny(rotation, waits.Task));

        // It waits. That it goes on waiting is seen by watching for a while.
        Task watched = Task.Delay(TimeSpan.FromSeconds(2), Cancel);
        Assert.Same(watched, await Task.WhenAny(rotation, watched));
        Assert.True(await site.IsLetInAsync(old));
        await site.Installation.Airbyte.CancelSyncAsync(earlier.JobId, Cancel);
        FailoverSite.AssertStatus(RunbookStatus.Completed, await rotation);
        await site.AssertSettledAsync("after the earlier sync", first);
    }

    [Fact]
    public async Task What_would_break_something_is_refused_before_anything_is_begun()
    {
        await using RotatingSite dual = await RotatingSite.StartAsync(labs, DatabaseFlavor.MySql, SourceRole.Primary, source => source with { Administrator = null });
        AcodeException missing = await RefusedAsync(dual, "RotationAdministratorMissing");
        Assert.Contains("REPLICATION CLIENT", missing.Message, StringComparison.Ordinal);
        await dual.Installation.SecretVersions.StageAsync(dual.Reference, new string('7', 36), new Credential { Reference = dual.Reference, Password = new SecretText("Somebody-else.5") }, Cancel);
        Assert.Contains(new string('7', 36), (await RefusedAsync(dual, "PendingSecretStale")).Message, StringComparison.Ordinal);

        await using RotatingSite own = await RotatingSite.StartAsync(
            labs, DatabaseFlavor.MySql, SourceRole.Primary, source => source with { Administrator = null }, "GRANT REPLICATION CLIENT ON *.* TO {0}", "GRANT APPLICATION_PASSWORD_ADMIN ON *.* TO {0}");
        FailoverSite.AssertStatus(RunbookStatus.Completed, await own.RotateAsync());
        await own.AssertSettledAsync("by the account itself");
        await RefusedAsync(own, "RotationRefused", RotationMode.Lambda);
        await RefusedAsync(own, "RotationRefused", RotationMode.Partner);

        await using RotatingSite replica = await RotatingSite.StartAsync(labs, DatabaseFlavor.MySql, SourceRole.Backup);
        AcodeException locked = await Assert.ThrowsAsync<AcodeException>(() => new RotationPlanner(replica.Installation).PlanAsync(new RotationRequest { Source = SourceRole.Backup }, Cancel));
        Assert.Equal("RotationRefused", locked.Id);
        Assert.Contains("-LiftSuperReadOnly", locked.Advice!, StringComparison.Ordinal);

        await using RotatingSite maria = await RotatingSite.StartAsync(labs, DatabaseFlavor.MariaDb, SourceRole.Primary);
        await RefusedAsync(maria, "RotationRefused", RotationMode.DualPassword);
    }

    [Fact]
    public async Task Of_two_who_rotate_at_once_one_does()
    {
        await using RotatingSite site = await RotatingSite.StartAsync(labs, DatabaseFlavor.MySql, SourceRole.Primary);
        string?[] ends = await Task.WhenAll(RotateAsync(), RotateAsync());
        Assert.Contains("Completed", ends);
        Assert.All(ends, end => Assert.Contains(end, (string?[])["Completed", "LeaseHeld", "PlanOutdated", "PendingSecretStale"]));
        await site.AssertSettledAsync("raced");

        async Task<string?> RotateAsync()
        {
            await using Installation own = new(site.Environment, session: null, TimeProvider.System);
            try
            {
                RunbookRun run = await site.RotateAsync(installation: own);
                return run.ErrorId ?? $"{run.Status}";
            }
            catch (AcodeException refused)
            {
                return refused.Id;
            }
        }
    }

    [Fact]
    public async Task A_twin_can_and_must_do_what_the_other_can_and_must()
    {
        foreach (DatabaseFlavor flavor in Enum.GetValues<DatabaseFlavor>())
        {
            string role = $"role_{Path.GetRandomFileName()[..6]}";
            await using RotatingSite site = await RotatingSite.StartAsync(
                labs, flavor, SourceRole.Primary, null, $"CREATE ROLE {role}", $"GRANT {role} TO {{0}}", $"SET DEFAULT ROLE {role} {(flavor == DatabaseFlavor.MySql ? "TO" : "FOR")} {{0}}",
                "GRANT INSERT, UPDATE ON `acode_farmarcas`.`farmarcas_si_analitico_diario` TO {0}", "ALTER USER {0} WITH MAX_USER_CONNECTIONS 7");
            FailoverSite.AssertStatus(RunbookStatus.Completed, await site.RotateAsync(new RotationRequest { Source = SourceRole.Primary, Mode = RotationMode.AlternatingUser }));
            string[] one = await RightsAsync(site, site.User), other = await RightsAsync(site, $"{site.User}_b");
            Assert.InRange(one.Length, 5, 20);
            Assert.Equal(one, other);
        }
    }

    private static async Task<string[]> RightsAsync(RotatingSite site, string user)
    {
        List<string> rights = [];
        await using MySqlConnection connection = await site.Server.OpenAsync(Cancel);
        foreach (string question in (string[])[$"SHOW GRANTS FOR '{user}'@'127.0.0.1'", $"SELECT CONCAT('limit ', max_user_connections, ssl_type) FROM mysql.user WHERE User='{user}'",
            site.Lab.Databases.Flavor == DatabaseFlavor.MySql ? $"SELECT CONCAT('default ', DEFAULT_ROLE_USER) FROM mysql.default_roles WHERE USER='{user}'" : $"SELECT CONCAT('default ', default_role) FROM mysql.user WHERE User='{user}'"])
        {
            await using MySqlCommand command = new(question, connection);
            await using MySqlDataReader reader = await command.ExecuteReaderAsync(Cancel);
            while (await reader.ReadAsync(Cancel))
            {
                // MariaDB tells the password's hash with it.
                rights.Add(System.Text.RegularExpressions.Regex.Replace(reader.GetString(0), " IDENTIFIED BY PASSWORD '[^']*'", "").Replace(user, "WHO", StringComparison.Ordinal));
            }
        }

        return [.. rights.Order(StringComparer.Ordinal)];
    }

    private static async Task<AcodeException> RefusedAsync(RotatingSite site, string id, RotationMode mode = RotationMode.Automatic)
    {
        string before = (await site.DescribeAsync()).ToString();
        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => site.PlanAsync(new RotationRequest { Source = site.Role, Mode = mode }));
        Assert.Equal(id, refused.Id);
        Assert.NotNull(refused.Advice);
        Assert.Equal(before, (await site.DescribeAsync()).ToString());
        return refused;
    }

    private static async Task AssertTakenBackAsync(RotatingSite site, RunbookRun run, string step)
    {
        FailoverSite.AssertStatus(RunbookStatus.Undone, run);
        Assert.Equal(step, run.Steps.Last(s => s.ErrorId is not null).Name);
        SecretDescription secret = await site.DescribeAsync();
        await site.AssertSettledAsync($"after {step}", $"acodeops-rotation-{run.RunId}");
        Assert.Equal(((RotationPlan)run.Plan!).CurrentVersionId, secret.CurrentVersionId);
        Sync sync = await site.Installation.Airbyte.StartSyncAsync(site.ConnectionId, Cancel);
        while (!sync.IsTerminal)
        {
            await Task.Delay(50, Cancel);
            sync = (await site.Installation.Airbyte.ReadSyncAsync(sync.JobId, Cancel))!;
        }

        Assert.Equal(SyncStatus.Succeeded, sync.Status);
    }
}
