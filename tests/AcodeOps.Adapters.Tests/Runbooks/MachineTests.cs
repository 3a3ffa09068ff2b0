using System.Diagnostics;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Runbooks;

public sealed class MachineTests
{
    private static ProcessStamp Self => Machine.This.ThisProcess;

    [Fact]
    public void This_process_is_told_apart_and_is_not_gone()
    {
        Assert.Equal((Environment.MachineName, Environment.ProcessId, Environment.UserName), (Self.Host, Self.ProcessId, Self.User));
        Assert.NotEmpty(Self.Machine);
        Assert.False(Machine.This.IsGone(Self));
    }

    [Fact]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public void On_Linux_the_machine_is_told_by_its_boot_and_by_the_namespace_of_its_processes() =>
        Assert.Matches(@"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/pid:\[\d+\]$", Self.Machine);

    [Fact]
    public async Task A_process_is_gone_when_it_has_ended()
    {
        using Process child = Process.Start(new ProcessStartInfo("sleep", "600"))!;
        ProcessStamp stamp = Self with { ProcessId = child.Id, StartedAt = child.StartTime.ToUniversalTime(), StartedTicks = null };
        Assert.False(Machine.This.IsGone(stamp));

        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(Machine.This.IsGone(stamp));
    }

    [Fact]
    public void Another_process_of_the_same_id_does_not_pass_for_it() =>
        Assert.True(Machine.This.IsGone(Self with { StartedAt = Self.StartedAt.AddDays(-1), StartedTicks = Self.StartedTicks - 1 }));

    [Fact]
    public void A_clock_that_was_set_does_not_make_a_process_another()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the system keeps the time of the start itself.");
        Assert.False(Machine.This.IsGone(Self with { StartedAt = Self.StartedAt.AddHours(1) }));
    }

    [Fact]
    public void Of_other_machines_and_of_other_boots_nothing_is_known()
    {
        Assert.False(Machine.This.IsGone(Self with { Host = "elsewhere", ProcessId = int.MaxValue }));
        Assert.False(Machine.This.IsGone(Self with { Machine = "another boot", ProcessId = int.MaxValue }));
    }
}
