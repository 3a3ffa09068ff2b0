using AcodeOps.Lab;
using AcodeOps.Lab.Servers;

namespace AcodeOps.Adapters.Tests.Lab;

/// <summary>A lab leaves nothing running, however its owner ends.</summary>
public sealed class LabLifeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_killed_owner_left_running_is_ended_by_the_next_start_in_its_folder()
    {
        string path = LabFixture.NewPath();
        (ServerProcess owner, ProcessIdentity[] servers) = await StartOwnerAsync(path);
        await owner.KillAsync();
        Assert.Contains(servers, s => s.IsAlive);

        LabFolder next = await LabFolder.ClaimAsync(path);

        Assert.DoesNotContain(servers, s => s.IsAlive);
        Assert.Empty(next.Processes);
        next.Delete();
        Directory.Delete(Path.GetDirectoryName(owner.LogFile)!, recursive: true);
    }

    [Fact]
    public async Task A_terminated_owner_ends_its_servers()
    {
        string path = LabFixture.NewPath();
        (ServerProcess owner, ProcessIdentity[] servers) = await StartOwnerAsync(path);

        await owner.StopAsync(TimeSpan.FromSeconds(60));

        Assert.False(owner.LogContains("Unhandled exception"));
        Assert.DoesNotContain(servers, s => s.IsAlive);
        await (await LabFolder.ClaimAsync(path)).EndProcessesAsync();
        LabFolder.Existing(path).Delete();
        Directory.Delete(Path.GetDirectoryName(owner.LogFile)!, recursive: true);
    }

    [Fact]
    public async Task A_lab_that_is_up_stays_up_is_found_by_others_and_goes_down_completely()
    {
        string path = LabFixture.NewPath();
        ToolRun up = await RunAsync("lab", "up", "--flavor", "mariadb", "--rows", "200", "--folder", path);
        Assert.True(up.ExitCode == 0, up.Tail());
        ProcessIdentity[] servers = [.. LabFolder.Existing(path).Processes.Select(p => p.Identity!)];
        Assert.All(servers, s => Assert.True(s.IsAlive));
        Assert.Equal(200L, await LabSite.Attach(path).Databases.Replica.ScalarAsync("SELECT COUNT(*) FROM acode_farmarcas_replica.farmarcas_si_analitico_diario", Cancel));
        await Assert.ThrowsAsync<LabException>(() => LabFolder.ClaimAsync(path));
        Assert.Contains("already up", (await RunAsync("lab", "up", "--folder", path)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("lab", "fault", "kill", "replica", "--folder", path)).ExitCode);
        ToolRun status = await RunAsync("lab", "status", "--folder", path);
        Assert.Contains("fault: kill replica", status.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("lab", "fault", "clear", "--folder", path)).ExitCode);
        servers = [.. LabFolder.Existing(path).Processes.Select(p => p.Identity!)];

        ToolRun down = await RunAsync("lab", "down", "--folder", path);

        Assert.Equal(0, down.ExitCode);
        Assert.DoesNotContain(servers, s => s.IsAlive);
        Assert.False(Directory.Exists(path));
        Assert.Equal(0, (await RunAsync("lab", "down", "--folder", path)).ExitCode);
    }

    [Fact]
    public async Task A_folder_with_something_else_in_it_is_left_alone()
    {
        string path = LabFixture.NewPath();
        Directory.CreateDirectory(path);
        string file = Path.Combine(path, "thesis.txt");
        await File.WriteAllTextAsync(file, "mine", Cancel);
        await Assert.ThrowsAsync<LabException>(() => LabFolder.ClaimAsync(path));
        Assert.True(File.Exists(file));
        Directory.Delete(path, recursive: true);
    }

    [Fact]
    public void A_process_number_that_came_round_again_is_not_the_same_process()
    {
        ProcessIdentity me = ProcessIdentity.Current;
        Assert.True(me.IsAlive);
        Assert.False((me with { StartTicks = me.StartTicks - 1 }).IsAlive);
        Assert.False((me with { Boot = "another" }).IsAlive);
    }

    private static Task<ToolRun> RunAsync(params string[] arguments)
    {
        IReadOnlyList<string> command = LabProgram.Command(arguments[0], arguments[1..]);
        return ToolRun.RunAsync(command[0], command.Skip(1), Cancel);
    }

    // A lab in the middle of its start: its owner lives, its primary runs.
    private static async Task<(ServerProcess Owner, ProcessIdentity[] Servers)> StartOwnerAsync(string path)
    {
        ServerProcess owner = new(Directory.CreateTempSubdirectory("acodeops-owner").FullName, "owner");
        owner.Start(LabProgram.Command("lab", "up", "--flavor", "mariadb", "--rows", "1000000", "--folder", path), LabProgram.Environment);
        string[] expected = ["primary", "replica", "services", "airbyte"];
        DateTime until = DateTime.UtcNow.AddSeconds(60);
        while (true)
        {
            ServerProcess[] servers = LabFolder.IsLab(path) ? [.. LabFolder.Existing(path).Processes] : [];
            if (expected.All(name => servers.Any(s => s.Name == name && s.IsAlive)))
            {
                return (owner, [.. servers.Select(s => s.Identity!)]);
            }

            if (!owner.IsAlive || DateTime.UtcNow > until)
            {
                await owner.StopAsync(TimeSpan.FromSeconds(60));
                Assert.Fail("The lab did not get as far as running servers: " + await File.ReadAllTextAsync(owner.LogFile, Cancel));
            }

            await Task.Delay(20, Cancel);
        }
    }
}
