using AcodeOps.Lab.Hosting;

namespace AcodeOps.Module.Tests.Hosting;

public sealed class ShellTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("acode-shell-").FullName;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("throw 'x'", 1)]
    [InlineData("Write-Error soft", 1)]
    [InlineData("Write-Error soft; 1", 0)]
    [InlineData("No-SuchCommand", 1)]
    [InlineData("if (", 1)]
    public void A_command_has_the_exit_code_of_pwsh(string command, int code)
    {
        using Shell shell = NewShell();
        Assert.Equal(code, shell.RunCommand(command));
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("exit 4", 4)]
    [InlineData("throw 'x'", 1)]
    [InlineData("Write-Error soft", 0)]
    public void A_script_file_has_the_exit_code_of_pwsh(string script, int code)
    {
        using Shell shell = NewShell();
        Assert.Equal(code, shell.RunFile(Script(script), []));
    }

    [Fact]
    public void A_script_file_gets_its_arguments_bound_by_name()
    {
        using Shell shell = NewShell();
        string script = Script("param([string] $Name, [switch] $Quiet, [int] $Count) \"$Name|$Quiet|$Count\"");
        shell.RunFile(script, ["-Quiet", "-Count", "-3", "north"]);
        Assert.Equal("north|True|-3", _output.ToString().Trim());
    }

    [Fact]
    public void Errors_go_to_the_error_stream_and_results_to_the_output()
    {
        using Shell shell = NewShell();
        shell.RunCommand("'fine'; Write-Error 'broken'");
        Assert.Equal("fine", _output.ToString().Trim());
        Assert.Contains("broken", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_prompt_fails_when_nobody_can_answer()
    {
        using Shell shell = NewShell();
        Assert.Equal(1, shell.RunCommand("Read-Host 'name'"));
        Assert.Contains("NonInteractive", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_script_ends_and_its_finally_block_has_run()
    {
        using Shell shell = NewShell();
        var run = Task.Run(() => shell.RunCommand("try { 'started'; Start-Sleep 600 } finally { Write-Host 'cleaned' }"), TestContext.Current.CancellationToken);
        while (!_output.ToString().Contains("started", StringComparison.Ordinal))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        shell.Stop();
        Assert.Equal(1, await run);
        Assert.Contains("cleaned", _output.ToString(), StringComparison.Ordinal);
    }

    private Shell NewShell() => new(new LabHost(new LabUserInterface(TextWriter.Synchronized(_output), TextWriter.Synchronized(_error))), manifest: null);

    private string Script(string text)
    {
        string path = Path.Combine(_folder, "script.ps1");
        File.WriteAllText(path, text);
        return path;
    }
}
