namespace AcodeOps.Module.Tests.Hosting;

/// <summary>The module in sessions: loaded again, in several runspaces, in parallel.</summary>
public sealed class SessionTests
{
    private const string CountCommands = "@(Get-Command -Module AcodeOps -CommandType Cmdlet).Count";

    [Fact]
    public void The_module_survives_removal_and_a_forced_import()
    {
        using ModuleSession session = new();
        object before = session.Run(CountCommands).Only.BaseObject;
        session.With("manifest", PackedModule.Manifest)
            .Run("Remove-Module AcodeOps; Import-Module $manifest -Force; Import-Module $manifest -Force").Clean();
        Assert.Equal(before, session.Run(CountCommands).Only.BaseObject);
        Assert.True((int)before > 0);
        Assert.Equal("AcodeOps.HealthCheck", $"{session.Run("[AcodeOps.HealthCheck].FullName").Only}");
    }

    [Fact]
    public void Two_runspaces_have_the_module_at_once_and_share_its_types()
    {
        using ModuleSession one = new();
        using ModuleSession other = new();
        Assert.Same(one.Run("[AcodeOps.HealthCheck]").Only.BaseObject, other.Run("[AcodeOps.HealthCheck]").Only.BaseObject);
    }

    [Fact]
    public void Parallel_blocks_import_the_module_each_for_itself()
    {
        using ModuleSession session = new();
        ScriptResult result = session.With("manifest", PackedModule.Manifest)
            .Run($"1..4 | ForEach-Object -Parallel {{ Import-Module $using:manifest; {CountCommands} }} -ThrottleLimit 4");
        Assert.Equal(4, result.Clean().Count);
        Assert.Single(result.Output.Select(o => o.BaseObject).Distinct());
        Assert.True((int)result.Output[0].BaseObject > 0);
    }
}
